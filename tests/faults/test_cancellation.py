"""What holds a transaction is cancelled at each of its awaits: nothing half-done, nothing leaked, the next goes on."""

import asyncio
import contextlib
import operator
import random
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.inbox import incoming, parking, store
from shared.inbox.batch import BatchHandler, Failure
from shared.messaging.broker import Outgoing, Partition
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.envelope import LOG_HEADER
from shared.outbox.partitions import PartitionKeeper
from tests.faults import ledger, tiny
from tests.faults.records import records
from tests.faults.rig import Rig
from tests.faults.steps import CancelledAt
from tests.worlds.waiting import until

pytestmark = pytest.mark.integration

PLACE = Partition(tiny.TOPIC, 0)
#: Nothing here has as many awaits; more would mean that it never ends.
MANY = 400
#: Within so many awaits relay and consumer do something with events; later ones only wait for more.
SOME = 50

_BUSY = """
    SELECT count(*) FROM pg_stat_activity
     WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
       AND (state <> 'idle' OR application_name LIKE '%relay')
"""

Run = Coroutine[Any, Any, object]


async def _at_every_await(
    engine: AsyncEngine,
    prepare: Callable[[], Awaitable[Run]],
    check: Callable[[], Awaitable[None]],
    *,
    stubborn: bool = False,
) -> None:
    """Cancel one run at its first await, the next at its second, and so on until one comes to its end."""
    for nth in range(1, MANY):
        struck = CancelledAt(await prepare(), nth, stubborn=stubborn)
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.ensure_future(_awaited(struck))
        await _nothing_held(engine)
        await check()
        if not struck.is_struck:
            assert nth > 1
            return
    raise AssertionError("it does not end")


async def _awaited(struck: CancelledAt[object]) -> None:
    await struck


async def _nothing_held(engine: AsyncEngine) -> None:
    """Wait until no connection is out and no transaction is open: what is shielded may still be finishing."""
    await until("no connection is out", lambda: engine.pool.checkedout() == 0)  # type: ignore[attr-defined]  # a queue
    await until("no transaction is open", lambda: _figure(engine, _BUSY), operator.not_)


async def _figure(engine: AsyncEngine, sql: str) -> int:
    async with engine.connect() as connection:
        return int((await connection.execute(text(sql))).scalar_one())


def _stopping(moment: str) -> tuple[asyncio.Event, Checkpoint]:
    """Return a stop that is set when this moment is reached."""
    stop = asyncio.Event()

    async def reached(name: str) -> None:
        if name == moment:
            stop.set()

    return stop, reached


@pytest.mark.parametrize("stubborn", [False, True])
async def test_a_command(engine, work, stubborn):
    async def prepare() -> Run:
        return tiny.publish(work, 1, times=3)

    async def check() -> None:
        assert (
            await _figure(engine, "SELECT coalesce(sum(version), 0) - (SELECT count(*) FROM outbox) FROM counter") == 0
        )

    await _at_every_await(engine, prepare, check, stubborn=stubborn)
    assert await _figure(engine, "SELECT count(*) % 3 FROM outbox") == 0
    await tiny.publish(work, 1)


@pytest.mark.parametrize("stubborn", [False, True])
async def test_a_consumer(dsn, engine, stubborn):
    """From joining the group to the commit at the broker; five events of four keys each time."""
    rig = Rig(dsn, engine)
    sent = 0

    def consuming() -> Run:
        stop, reached = _stopping("consumer.broker_committed")
        return rig.consumer(reached).run(stop)

    async def prepare() -> Run:
        nonlocal sent
        publisher = await rig.broker.publisher()
        for record in records(5, first=sent, keys=4):
            headers = [(name, value) for name, value in record.headers if name != LOG_HEADER]
            await publisher.send([Outgoing(tiny.TOPIC, record.key or b"", record.value or b"", headers)])
        sent += 5
        return consuming()

    async def check() -> None:
        applied = await _figure(engine, "SELECT count(*) FROM applied")
        assert applied in {sent - 5, sent}
        assert await _figure(engine, "SELECT count(*) FROM inbox") == applied
        assert await _figure(engine, "SELECT coalesce(sum(next_offset), 0) FROM inbox_offset") == applied
        if applied < sent:
            await consuming()
        assert await _figure(engine, "SELECT count(DISTINCT event_id) FROM applied") == sent
        assert await _figure(engine, "SELECT count(*) FROM applied") == sent

    await _at_every_await(engine, prepare, check, stubborn=stubborn)


@pytest.mark.parametrize("stubborn", [False, True])
async def test_a_relay(dsn, engine, work, stubborn):
    """From the election to the saved page."""
    rig = Rig(dsn, engine)

    def relaying() -> Run:
        relay = rig.relay()
        stop, relay.reached = _stopping("relay.page_saved")
        return relay.run(stop)

    async def prepare() -> Run:
        await tiny.publish(work, 1, times=2)
        return relaying()

    async def check() -> None:
        await tiny.publish(work, 1)
        await relaying()
        versions = [int(value) for value in rig.sent("ce_aggregateversion")]
        assert set(versions) == set(range(1, 1 + await _figure(engine, "SELECT version FROM counter")))
        assert ledger.swaps([("k", version) for version in dict.fromkeys(versions)]) == 0

    await _at_every_await(engine, prepare, check, stubborn=stubborn)


async def test_a_replay(engine, work):
    handler = BatchHandler(subscription=tiny.subscription(), work=work, options=tiny.options())
    async with work() as opening:
        await store.open_offsets(opening, "tiny", "log", [PLACE])
    sent = 0

    async def prepare() -> Run:
        nonlocal sent
        batch = incoming.read(records(2, first=sent, keys=1), handler.subscription)
        await handler.apply(batch, "log", Failure("told to", 1))
        sent += 2
        return replaying()

    def replaying() -> Run:
        return parking.replay(work, handler.subscription, tiny.TOPIC, str(tiny.key(0)))

    async def check() -> None:
        waiting = await _figure(engine, "SELECT count(*) FROM parked_event")
        assert await _figure(engine, "SELECT count(*) FROM applied") == sent - waiting
        await replaying()
        assert await _figure(engine, "SELECT count(DISTINCT event_id) FROM applied") == sent
        assert await _figure(engine, "SELECT count(*) FROM parked_event") == 0

    await _at_every_await(engine, prepare, check)


async def test_the_upkeep_of_partitions(engine, work):
    keeper = PartitionKeeper(engine=engine, options=tiny.options(outbox_width=10))

    async def prepare() -> Run:
        await tiny.publish(work, 1, times=10)
        return keeper.once()

    async def check() -> None:
        await keeper.once()
        assert (
            await _figure(engine, "SELECT max(upper_seq) - (SELECT max(seq) FROM outbox) FROM outbox_partitions") > 10
        )

    await _at_every_await(engine, prepare, check)


async def _run_and_cancel(running: Run, nth: int) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        await asyncio.ensure_future(_awaited(CancelledAt(running, nth)))


async def test_all_at_once_at_random_awaits(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(page_events=7, batch_records=5))
    chance = random.Random(1)
    for seed in range(25):
        await tiny.publish_many(work, 8, keys=8, seed=seed)
        async with asyncio.TaskGroup() as group:
            group.create_task(_run_and_cancel(rig.relay().run(asyncio.Event()), chance.randint(1, SOME)))
            group.create_task(_run_and_cancel(rig.consumer().run(asyncio.Event()), chance.randint(1, SOME)))
    async with rig.running():
        await ledger.settled(dsn, 200)
    assert await ledger.findings(dsn) == []
    await _nothing_held(engine)
