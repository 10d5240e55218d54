"""Partitions are made ahead and dropped by a role that may not create or drop anything itself."""

from datetime import timedelta

import asyncpg
import pytest

from shared.clock import SystemClock
from shared.ids import id_at, milliseconds_of, new_id
from shared.outbox.cursor import lead
from shared.outbox.partitions import PartitionKeeper
from tests.faults import ledger, tiny
from tests.faults.rig import Rig

pytestmark = pytest.mark.integration

NOW = {"outbox_width": 20, "outbox_ahead": 2, "outbox_retention": timedelta(0)}


@pytest.fixture
async def admin(dsn):
    connection = await asyncpg.connect(dsn)
    yield connection
    await connection.close()


@pytest.fixture
async def keeper(dsn, admin):
    """A keeper with the rights of an application: rows only."""
    role = f"app_{new_id().hex}"
    await admin.execute(f"CREATE ROLE {role} LOGIN PASSWORD 'test'")
    await admin.execute(f"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO {role}")
    engine = tiny.engine_of(dsn.replace("postgres:test@", f"{role}:test@"))
    yield PartitionKeeper(engine=engine, options=tiny.options(**NOW))
    await engine.dispose()


async def _partitions(admin, table: str) -> list[str]:
    rows = await admin.fetch("SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = $1::regclass", table)
    return [row[0] for row in rows]


async def _small_first_partition(admin) -> None:
    """As if the first partition had been nearly used up."""
    await admin.execute("SELECT setval(pg_get_serial_sequence('outbox', 'seq'), 999990)")


async def test_events_go_on_over_the_end_of_a_partition(dsn, engine, work, admin, keeper):
    await _small_first_partition(admin)
    await keeper.once()
    rig = Rig(dsn, engine)
    async with rig.running():
        for seed in range(3):
            await tiny.publish_many(work, 20, keys=3, seed=seed)
            await keeper.once()
        await ledger.settled(dsn, 60)
    applied = await admin.fetchval("SELECT count(DISTINCT event_id) FROM applied")
    assert applied == 60 + len(tiny.MARKS)
    assert await admin.fetchval("SELECT count(*) FROM outbox_rest") == 0


async def test_published_partitions_are_dropped_and_unpublished_ones_are_not(dsn, work, admin, keeper):
    await _small_first_partition(admin)
    await keeper.once()
    await tiny.publish_many(work, 45, keys=3)
    assert await keeper.once() == 0
    async with lead(dsn, application="test", idle_limit=60) as cursor:
        assert cursor is not None
        while page := await cursor.read(cursor.position, 10, 10**6):
            await cursor.save(page.after)
    assert await keeper.once() == 2  # the one before was filled too
    assert await admin.fetchval("SELECT min(seq) FROM outbox") > 1000000


async def test_a_partition_that_a_transaction_still_writes_to_is_not_dropped(dsn, work, admin, keeper):
    await _small_first_partition(admin)
    await keeper.once()
    writer = await asyncpg.connect(dsn)
    await writer.execute("BEGIN")
    await writer.execute(
        "INSERT INTO outbox (event_id, topic, key, type, version, payload) VALUES (uuidv7(), 't', 'k', 'x', 1, '')"
    )
    await tiny.publish_many(work, 45, keys=3)
    async with lead(dsn, application="test", idle_limit=60) as cursor:
        while page := await cursor.read(cursor.position, 100, 10**6):
            await cursor.save(page.after)
    with pytest.raises(Exception, match="lock timeout"):
        await keeper.once()
    await writer.execute("COMMIT")
    assert await keeper.once() == 0
    await writer.close()


async def test_rows_beyond_the_last_partition_are_kept_and_published(dsn, engine, work, admin, keeper):
    """The keeper was away for long: nothing fails, and partitions begin again after what came in between."""
    await admin.execute("SELECT setval(pg_get_serial_sequence('outbox', 'seq'), 1000100)")
    await tiny.publish_many(work, 30, keys=3)
    assert await admin.fetchval("SELECT count(*) FROM outbox_rest") == 30
    await keeper.once()
    await tiny.publish_many(work, 30, keys=3, seed=2)
    async with Rig(dsn, engine).running():
        await ledger.settled(dsn, 60)
    assert await ledger.findings(dsn) == []
    await keeper.once()
    assert await admin.fetchval("SELECT count(*) FROM outbox_rest") == 0


async def test_inbox_days_are_made_ahead_and_dropped_when_old(admin, keeper):
    today = SystemClock().now()
    old = id_at(milliseconds_of(new_id()) - 40 * 86_400_000)
    insert = "INSERT INTO inbox VALUES ('c', $1, 't', 'k', 1, 'log', 0, 0, $2)"
    await admin.execute(insert, old, today - timedelta(days=40))
    await admin.execute(insert, new_id(), today)
    assert f"inbox_{today:%Y%m%d}" in await _partitions(admin, "inbox")
    assert await keeper.once() == 0
    assert await admin.fetchval("SELECT count(*) FROM inbox") == 1
    later = (today + timedelta(days=20)).date()
    assert await admin.fetchval("SELECT maintain_inbox($1, 7, 14)", later) == 6  # days more than 14 days past by then
    assert await admin.fetchval("SELECT count(*) FROM inbox") == 0


async def test_the_same_event_is_one_row_whatever_its_day(admin):
    insert = "INSERT INTO inbox VALUES ('c', $1, 't', 'k', 1, 'log', 0, 0) ON CONFLICT DO NOTHING"
    for event_id in (new_id(), id_at(0), id_at(milliseconds_of(new_id()) + 30 * 86_400_000)):
        assert await admin.execute(insert, event_id) == "INSERT 0 1"
        assert await admin.execute(insert, event_id) == "INSERT 0 0"


async def test_downgrade_removes_everything(dsn, admin):
    from shared.database import messaging_tables

    collected = tiny.Collected()
    messaging_tables.downgrade(collected)
    messaging_tables.upgrade(collected)
    for statement in collected.statements:
        await admin.execute(statement)
