"""Somebody keeps an old snapshot and vacuum can remove nothing: what it costs to send an event stays the same.

Counted are the blocks of the outbox that a reader touches, not seconds.
"""

import asyncpg
import pytest

from tests.mutants.readers import DeletesWhatItRead, Snapshots

pytestmark = pytest.mark.integration

ROUNDS, EVENTS = 8, 300

_EVENTS = """
    INSERT INTO outbox (event_id, topic, key, type, version, payload)
    SELECT gen_random_uuid(), 'exam.sittings', n % 7, 'x.y.v1', n, repeat('x', 300)::bytea FROM generate_series(1, $1) n
"""
_BLOCKS = """
    SELECT sum(heap_blks_hit + heap_blks_read + idx_blks_hit + idx_blks_read)::bigint
      FROM pg_statio_user_tables WHERE relname ~ '^outbox_(\\d+|rest)$'
"""


async def _blocks_per_round(reader_type, dsn: str) -> list[int]:
    """Return how many blocks were touched to read each round of events."""
    holder, writer, watcher = [await asyncpg.connect(dsn) for _ in range(3)]
    costs = []
    async with holder.transaction(isolation="repeatable_read"), reader_type.open(dsn, writer) as reader:
        await holder.fetchval("SELECT count(*) FROM outbox")
        for _ in range(ROUNDS):
            await writer.execute(_EVENTS, EVENTS)
            before = await _blocks(watcher, writer)
            seen = 0
            while page := await reader.read():
                seen += len(page)
            assert seen == EVENTS
            costs.append(await _blocks(watcher, getattr(reader, "cursor", reader)) - before)
    for connection in (holder, writer, watcher):
        await connection.close()
    return costs


async def _blocks(watcher, worker) -> int:
    """Have the worker's session report its statistics, and return the sum."""
    session = worker if isinstance(worker, asyncpg.Connection) else getattr(worker, "_connection", None)
    await (session or worker.connection).execute("SELECT pg_stat_force_next_flush()")
    await watcher.execute("SELECT pg_stat_clear_snapshot()")
    return int(await watcher.fetchval(_BLOCKS))


async def test_windows_cost_the_same_for_ever(dsn):
    costs = await _blocks_per_round(Snapshots, dsn)
    assert costs[-1] - costs[1] < EVENTS / 10


async def test_a_queue_that_deletes_is_caught_growing(dsn):
    costs = await _blocks_per_round(DeletesWhatItRead, dsn)
    assert costs[-1] - costs[1] > EVENTS
