"""Relay and consumer on lines that hang, lose answers, break, die without a word, or are slow: each effect once."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.kafka.node import KafkaNode
from shared.database.engine import create_engine
from shared.messaging.kafka import KafkaBroker
from shared.work import WorkFactory
from tests.chaos.proxy import Network
from tests.chaos.rules import Effect, Rule
from tests.faults import ledger, tiny
from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
from tests.faults.rig import Rig
from tests.worlds.brokers import IDEMPOTENT, own_broker, running
from tests.worlds.stack import TestPostgres

pytestmark = [
    pytest.mark.integration,
    pytest.mark.slow,
    # the client forgets connections when it is closed on a line that does not answer
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

OPTIONS = tiny.options(send_deadline=2, lead_idle=2, stall=5)
#: Longer than every deadline.
SECONDS = 5.0


@pytest.fixture
async def network(postgres: TestPostgres, tmp_path: Path) -> AsyncIterator[Network]:
    """A proxy before the session's database and before a broker of this test's own."""
    own = own_broker(tmp_path)
    if not isinstance(own, EmbeddedBroker | KafkaNode):
        pytest.skip("容器中的 Kafka 不能改公布的地址 Kafka in a container cannot advertise the proxy")
    behind = own.port if isinstance(own, EmbeddedBroker) else own.nodes[0].client
    places = {"postgres": postgres.server.port, "broker": behind}
    with Network(list(places), places.__getitem__, dict) as network, running(_advertised(own, network.ports["broker"])):
        yield network


def _advertised(own: EmbeddedBroker | KafkaNode, port: int) -> EmbeddedBroker | KafkaNode:
    if isinstance(own, EmbeddedBroker):
        return replace(own, advertised_port=port)
    return replace(own, nodes=[replace(own.nodes[0], advertised_client=port)])


@pytest.mark.parametrize("target", ["postgres", "broker"])
@pytest.mark.parametrize("effect", Effect)
async def test_a_bad_line(network: Network, postgres: TestPostgres, dsn: str, work: WorkFactory, target, effect):
    proxied = dsn.replace(f":{postgres.server.port}/", f":{network.ports['postgres']}/")
    servers = f"127.0.0.1:{network.ports['broker']}"
    broker = KafkaBroker(servers, idempotence=IDEMPOTENT, partitions=4, topics=(tiny.TOPIC,), options=OPTIONS)
    engine = create_engine(proxied, application="tiny", deadline=3)
    rule = Rule(effect, frozenset({"?"}), frozenset({target}), seconds=0.05)
    async with Rig(proxied, engine, broker, OPTIONS).running():
        await tiny.publish_many(work, 100, keys=12)
        await ledger.arrived(dsn, 50)
        network.strike(rule)
        await tiny.publish_many(work, 100, keys=12, seed=2)
        await asyncio.sleep(SECONDS)  # the fault; nothing is concluded from it
        network.heal(rule)
        await ledger.settled(dsn, 200)
    await broker.close()
    await engine.dispose()
    assert await ledger.findings(dsn) == []
