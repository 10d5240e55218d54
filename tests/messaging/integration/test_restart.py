"""A log that forgot is given again what the outbox retains: nothing younger is left out, nothing older comes again."""

from datetime import timedelta

import asyncpg
import pytest

from shared.outbox.cursor import Cursor, Deposed, Position, lead
from tests.faults import tiny

pytestmark = pytest.mark.integration

WEEK = timedelta(days=7)


async def _read(cursor: Cursor, *, save: bool = True) -> list[int]:
    versions = []
    while page := await cursor.read(cursor.position, 10, 10**6):
        versions += [int(event.version) for event in page.events]
        if not save:
            break
        await cursor.save(page.after)
    return versions


async def test_what_is_older_than_the_retention_comes_again_only_if_it_was_never_sent(dsn, work):
    connection = await asyncpg.connect(dsn)
    async with lead(dsn, application="test", idle_limit=60) as cursor:
        await cursor.restart("first", WEEK)
        await tiny.publish(work, 1, times=20)
        assert await _read(cursor) == list(range(1, 21))
        await connection.execute("UPDATE outbox SET occurred_at = occurred_at - interval '40 days'")
        await tiny.publish(work, 1, times=20)
        await cursor.restart("second", WEEK)
        assert await _read(cursor, save=False) == list(range(21, 31))
        await cursor.restart("third", WEEK)  # the second was not finished
        assert await _read(cursor) == list(range(21, 41))
        await tiny.publish(work, 1, times=5)
        await connection.execute("UPDATE outbox SET occurred_at = occurred_at - interval '40 days'")
        await cursor.restart("fourth", WEEK)
        assert await _read(cursor) == list(range(41, 46))
        await cursor.restart("fifth", WEEK)
        assert await _read(cursor) == []
    await connection.close()


async def test_only_one_leads_and_a_deposed_one_cannot_save(dsn):
    async with lead(dsn, application="test", idle_limit=60) as first:
        async with lead(dsn, application="test", idle_limit=60) as second:
            assert second is None
        assert first is not None
        connection = await asyncpg.connect(dsn)
        await connection.execute("UPDATE outbox_cursor SET epoch = epoch + 1")
        await connection.close()
        with pytest.raises(Deposed):
            await first.save(Position("1:1:", None, 5))


async def test_a_page_is_bounded_in_events_and_bytes(dsn, work):
    await tiny.publish(work, 1, times=30)
    async with lead(dsn, application="test", idle_limit=60) as cursor:
        by_events = await cursor.read(cursor.position, 7, 10**6)
        by_bytes = await cursor.read(cursor.position, 100, 1)
    assert (len(by_events.events), len(by_bytes.events)) == (7, 1)
