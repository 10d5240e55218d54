"""However much waits to be sent, a page costs what its own events cost: the planner is not free to sort the backlog.

Counted are the blocks of the outbox that the relay touches, not seconds.
"""

import asyncpg
import pytest

from shared.outbox.cursor import lead

pytestmark = pytest.mark.integration

EVENTS, PAGES, PAGE = 20_000, 5, 2_000

_EVENTS = """
    INSERT INTO outbox (event_id, topic, key, type, version, payload)
    SELECT gen_random_uuid(), 'exam.sittings', n % 7, 'x.y.v1', n, repeat('x', 300)::bytea FROM generate_series(1, $1) n
"""
_TOUCHED = """
    SELECT coalesce(sum(heap_blks_hit + heap_blks_read), 0)::bigint
      FROM pg_statio_user_tables WHERE relname ~ '^outbox_(\\d+|rest)$'
"""


async def _touched(session: asyncpg.Connection) -> int:
    """Have a session report its statistics, and return how many blocks everybody touched so far."""
    await session.execute("SELECT pg_stat_force_next_flush()")
    touched: int = await session.fetchval(_TOUCHED)
    return touched


@pytest.mark.parametrize("known", [False, True])
async def test_a_page_touches_few_blocks_of_a_large_backlog(dsn, known):
    """With and without statistics, and at first as well as later, when a statement may be planned otherwise."""
    writer = await asyncpg.connect(dsn)
    try:
        await writer.execute(_EVENTS, EVENTS)
        if known:
            await writer.execute("ANALYZE outbox")
    finally:
        await writer.close()
    async with lead(dsn, application="test", idle_limit=60) as cursor:
        page = await cursor.read(cursor.position, PAGE, 10**6)  # to find where a window begins, its index is read
        before = await _touched(cursor._connection)
        for _ in range(PAGES):
            page = await cursor.read(page.after, PAGE, 10**6)
            assert len(page.events) == PAGE
        assert await _touched(cursor._connection) - before < EVENTS / 20
