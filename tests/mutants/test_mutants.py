"""Each check passes for the real implementation and fails for its mutants: the checks can see what they are for."""

import asyncio
import time

import asyncpg
import pytest

from shared.inbox import parking
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.inbox.subscription import Subscription
from shared.messaging.log_identity import LogIdentity
from tests.faults import ledger, tiny
from tests.faults.rig import Rig
from tests.mutants.consumers import (
    CommitBeforeEffect,
    CommitWithoutOffsets,
    InboxOutsideTransaction,
    replay_unordered,
)
from tests.mutants.readers import SequenceCursor, Snapshots, XminFence
from tests.mutants.writers import write

pytestmark = pytest.mark.integration

WRITERS, EVENTS = 8, 60


async def _read_while_written(reader_type, dsn: str) -> tuple[int, int]:
    """Return how many events the reader lost and how many came before an earlier one of their key."""
    connection = await asyncpg.connect(dsn)
    seen = []
    async with reader_type.open(dsn, connection) as reader, asyncio.TaskGroup() as group:
        writers = [group.create_task(write(dsn, n, EVENTS, 4, gives_up=n >= WRITERS - 2)) for n in range(WRITERS)]
        quiet_since = time.monotonic()
        while time.monotonic() - quiet_since < 0.3:
            page = await reader.read()
            seen += page
            if page or not all(writer.done() for writer in writers):
                quiet_since = time.monotonic()
            await asyncio.sleep(0.002)
    written = {tuple(row) for row in await connection.fetch("SELECT key, version FROM outbox")}
    await connection.close()
    assert len(seen) == len(set(seen))
    return len(written - set(seen)), ledger.swaps(seen)


async def test_snapshot_windows_lose_nothing_and_swap_nothing(dsn):
    assert await _read_while_written(Snapshots, dsn) == (0, 0)


async def test_sequence_cursor_is_caught_losing(dsn):
    lost, _ = await _read_while_written(SequenceCursor, dsn)
    assert lost > 0


async def test_xmin_fence_is_caught_swapping(dsn):
    lost, swapped = await _read_while_written(XminFence, dsn)
    assert (lost, swapped > 0) == (0, True)


class Killed(BaseException):
    """What a kill is to a transaction: nobody cleans up after it."""


async def _killed_in_the_middle(handler_type, dsn, engine, work) -> list[str]:
    """Kill the consumer between remembering and handling, start it again, and say what is wrong."""
    rig = Rig(dsn, engine, options=tiny.options(batch_records=10))
    await tiny.publish_many(work, 50, keys=4)
    stop = asyncio.Event()
    fatal = True

    async def reached(name: str) -> None:
        if name == "consumer.remembered" and fatal:
            raise Killed

    def consumer() -> Consumer:
        handler = handler_type(subscription=tiny.subscription(), work=work, options=rig.options, reached=reached)
        return Consumer(handler=handler, broker=rig.broker, log=LogIdentity(rig.broker), status=rig.status)

    async with asyncio.TaskGroup() as group:
        group.create_task(rig.relay().run(stop))
        for _ in range(2):
            with pytest.raises(Killed):
                await consumer().run(stop)
        fatal = False
        group.create_task(consumer().run(stop))
        try:
            await ledger.settled(dsn, 50, seconds=3 if handler_type is not BatchHandler else 20)
        except AssertionError:
            pass
        finally:
            stop.set()
    return await ledger.findings(dsn)


async def test_offsets_inbox_and_effects_commit_together(dsn, engine, work):
    assert await _killed_in_the_middle(BatchHandler, dsn, engine, work) == []


@pytest.mark.parametrize("mutant", [CommitBeforeEffect, InboxOutsideTransaction])
async def test_committing_in_parts_is_caught_losing(dsn, engine, work, mutant):
    assert any("lost" in finding for finding in await _killed_in_the_middle(mutant, dsn, engine, work))


async def _failed_once(consumer_type, dsn, engine, work) -> list[str]:
    """Let one batch over several partitions fail once for want of a connection, and say what is wrong."""
    rig = Rig(dsn, engine)
    await tiny.publish_many(work, 40, keys=20)
    failures = 1

    async def fail_once(work, events) -> None:
        nonlocal failures
        if failures:
            failures -= 1
            raise ConnectionError
        await tiny.write_down(work, events)

    handlers = dict.fromkeys(tiny.subscription().handlers, fail_once)
    handler = BatchHandler(subscription=Subscription("tiny", handlers), work=work, options=rig.options)
    consumer = consumer_type(handler=handler, broker=rig.broker, log=LogIdentity(rig.broker), status=rig.status)
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        relay = group.create_task(rig.relay().run(stop))
        await asyncio.sleep(0.5)  # all is in the broker, so that the first batch spans partitions
        group.create_task(consumer.run(stop))
        try:
            await ledger.settled(dsn, 40, seconds=3 if consumer_type is not Consumer else 20)
        except AssertionError:
            pass
        finally:
            stop.set()
        await relay
    return await ledger.findings(dsn)


async def test_a_batch_over_partitions_that_fails_once_loses_nothing(dsn, engine, work):
    assert await _failed_once(Consumer, dsn, engine, work) == []


async def test_commit_without_offsets_is_caught_losing(dsn, engine, work):
    assert any("lost" in finding for finding in await _failed_once(CommitWithoutOffsets, dsn, engine, work))


@pytest.mark.parametrize(("replay", "wrong"), [(parking.replay, False), (replay_unordered, True)])
async def test_unordered_replay_is_caught_swapping(dsn, engine, work, replay, wrong):
    connection = await asyncpg.connect(dsn)
    await connection.execute("INSERT INTO poison VALUES ($1, 2)", str(tiny.key(1)))
    rig = Rig(dsn, engine)
    for _ in range(6):
        await tiny.publish(work, 1)
    async with rig.running():
        await ledger.settled(dsn, 6)
    await connection.execute("DELETE FROM poison")
    await connection.close()
    assert (await replay(work, tiny.subscription(), tiny.TOPIC, str(tiny.key(1)))).applied == 5
    assert any("swapped" in finding for finding in await ledger.findings(dsn)) is wrong
