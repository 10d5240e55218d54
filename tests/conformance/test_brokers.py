"""The conformance suite on the memory broker and on a real one."""

import gc
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kaozheng.embedded import ports
from shared.messaging.broker import BrokerTrouble, Outgoing
from shared.messaging.kafka import KafkaBroker
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.options import MessagingOptions
from tests.conformance.broker_suite import TOPIC, BrokerSuite
from tests.worlds.brokers import IDEMPOTENT, own_broker, running


class TestMemoryBroker(BrokerSuite):
    @pytest.fixture
    async def broker(self) -> AsyncIterator[MemoryBroker]:
        broker = MemoryBroker(4)
        yield broker
        await broker.close()

    async def test_a_closed_publisher_refuses(self, broker):
        publisher = await broker.publisher()
        await publisher.close()
        with pytest.raises(BrokerTrouble):
            await publisher.send([Outgoing(TOPIC, b"k", b"v", ())])


@pytest.mark.integration
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the client leaves sockets half open
class TestKafkaBroker(BrokerSuite):
    @pytest.fixture
    async def broker(self, tmp_path: Path) -> AsyncIterator[KafkaBroker]:
        own = own_broker(tmp_path)
        quick = MessagingOptions(session_timeout=2, heartbeat=0.4, fetch_wait=0.05)
        with running(own):
            broker = KafkaBroker(
                own.bootstrap_servers, idempotence=IDEMPOTENT, partitions=4, topics=(TOPIC,), options=quick
            )
            await broker.create_topics()
            yield broker
            await broker.close()
        gc.collect()  # what the client left is found here, not in another test

    async def test_a_broker_that_is_gone_is_told_in_time(self, tmp_path):
        broker = KafkaBroker(f"127.0.0.1:{ports.free_port()}", idempotence=False, topics=(TOPIC,))
        for attempt in (broker.publisher(), broker.create_topics(), broker.oldest(TOPIC)):
            with pytest.raises(BrokerTrouble):
                await attempt


async def test_all_who_ask_find_the_same_identity():
    broker = MemoryBroker()
    identities = {await LogIdentity(broker).fresh(0) for _ in range(3)}
    assert len(identities) == 1


async def test_a_broker_that_forgot_has_another_identity():
    broker = MemoryBroker()
    log = LogIdentity(broker)
    before = await log.fresh(0)
    await broker.close()
    assert await log.fresh(60) == before
    assert await log.fresh(0) != before
