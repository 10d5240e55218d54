"""Clients that hang, logs that change under a reader, and trouble that is nobody's event's fault."""

import asyncio
from collections.abc import Sequence

import asyncpg
import pytest
from sqlalchemy import text

from shared.errors import Unavailable
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import ClientStuck, Consumer
from shared.inbox.positions import LogRewound, Positions
from shared.inbox.subscription import Subscription
from shared.inbox.trouble import describe, is_transient
from shared.messaging.broker import BrokerTrouble, Partition, Record
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker, MemorySubscriber
from tests.faults import ledger, tiny
from tests.faults.rig import Rig

pytestmark = pytest.mark.integration

PLACE = Partition(tiny.TOPIC, 0)


class _Dumb(MemoryBroker):
    """Its subscribers fall silent: the first few, or all. An hour passes each time that one of them is asked."""

    def __init__(self, dumb: int) -> None:
        super().__init__(4)
        self.left = dumb
        self.made = 0
        self.now = 0.0

    def seconds(self) -> float:
        return self.now

    async def subscriber(self, group, topics, listener) -> MemorySubscriber:
        subscriber = await super().subscriber(group, topics, listener)
        self.made += 1
        if self.left:
            self.left -= 1

            async def nothing(_limit: int, _wait: float) -> Sequence[Record]:
                self.now += 3_600
                await asyncio.sleep(0)
                return []

            subscriber.poll = nothing  # type: ignore[method-assign, assignment]
        return subscriber


async def test_a_client_that_hangs_is_rebuilt(dsn, engine, work):
    broker = _Dumb(2)
    rig = Rig(dsn, engine, broker=broker, seconds=broker.seconds)
    await tiny.publish_many(work, 20, keys=3)
    async with rig.running():
        await ledger.settled(dsn, 20)
    assert await ledger.findings(dsn) == []
    assert broker.made == 3


async def test_a_client_that_always_hangs_ends_the_process(dsn, engine, work):
    broker = _Dumb(99)
    rig = Rig(dsn, engine, broker=broker, options=tiny.options(stall_rebuilds=2), seconds=broker.seconds)
    stop = asyncio.Event()
    await tiny.publish_many(work, 20, keys=3)
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.relay().run(stop))
        with pytest.raises(ClientStuck):
            await rig.consumer().run(stop)
        stop.set()
    assert broker.made == 3


async def test_a_broker_in_trouble_is_waited_for(dsn, engine, work):
    broker = MemoryBroker(4)
    calls = 0
    make = broker.subscriber

    async def refuse_twice(group, topics, listener):
        nonlocal calls
        calls += 1
        if calls < 3:
            raise BrokerTrouble("no")
        return await make(group, topics, listener)

    broker.subscriber = refuse_twice  # type: ignore[method-assign]
    await tiny.publish_many(work, 20, keys=3)
    async with Rig(dsn, engine, broker=broker).running():
        await ledger.settled(dsn, 20)


@pytest.mark.parametrize("error", [ConnectionError(), TimeoutError(), Unavailable()])
async def test_infrastructure_trouble_is_never_parked(dsn, engine, work, error):
    rig = Rig(dsn, engine)
    failures = 5

    async def fail_at_first(work, events) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise error
        await tiny.write_down(work, events)

    handlers = dict.fromkeys(tiny.subscription().handlers, fail_at_first)
    handler = BatchHandler(subscription=Subscription("tiny", handlers), work=work, options=rig.options)
    consumer = Consumer(handler=handler, broker=rig.broker, log=LogIdentity(rig.broker), status=rig.status)
    await tiny.publish_many(work, 20, keys=3)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(rig.relay().run(stop))
        group.create_task(consumer.run(stop))
        await ledger.settled(dsn, 20)
        stop.set()
    assert await ledger.findings(dsn) == []


async def test_errors_of_the_database_are_told_apart(engine):
    for sql, transient in [
        ("SELECT pg_terminate_backend(pg_backend_pid())", True),
        ("SELECT 1 / 0", False),
        ("SELECT * FROM missing", False),
    ]:
        with pytest.raises(Exception) as caught:  # noqa: PT011  # which it is, is the question
            async with engine.connect() as connection:
                await connection.execute(text(sql))
        assert is_transient(caught.value) is transient


def test_an_error_is_described_without_what_it_quotes():
    with pytest.raises(ValueError, match="张三") as caught:
        int("张三")
    assert describe(caught.value) == "ValueError"


async def test_the_memory_broker_forgets_and_everything_comes_again(dsn, engine, work):
    rig = Rig(dsn, engine)
    await tiny.publish_many(work, 60, keys=5)
    async with rig.running():
        await ledger.settled(dsn, 60)
    await rig.broker.close()
    await tiny.publish_many(work, 20, keys=5, seed=2)
    async with rig.running():
        await ledger.settled(dsn, 80)
    assert await ledger.findings(dsn) == []
    connection = await asyncpg.connect(dsn)
    assert await connection.fetchval("SELECT count(DISTINCT log_identity) FROM inbox_offset") == 2
    await connection.close()


def _at(offset: int) -> Record:
    return Record(PLACE, offset, b"k", b"v", ())


def test_positions_notice_what_is_gone_and_what_begins_again():
    positions = Positions({PLACE: 5})
    assert positions.check([_at(5), _at(6)]) == {}
    assert positions.check([_at(8)]) == {PLACE: 3}
    assert [positions.is_first_look({PLACE: 3}) for _ in range(2)] == [True, False]
    with pytest.raises(LogRewound):
        positions.check([_at(4)])
    assert positions.advance([_at(8), _at(9)]) == {PLACE: 10}
    positions.forget()
    assert (positions.next, positions.epoch) == ({}, 1)
