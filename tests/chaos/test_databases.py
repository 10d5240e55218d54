"""The faults of PostgreSQL, on a server with one service's database: each strikes whom it should, and heals."""

import asyncio
from collections.abc import Awaitable, Callable

import asyncpg
import pytest

from tests.chaos import databases
from tests.chaos.one_database import OneDatabase
from tests.chaos.schedule import Fault, Kind
from tests.worlds.stack import ServiceDatabase
from tests.worlds.waiting import PATIENCE, until

pytestmark = pytest.mark.integration

INBOX = """
    INSERT INTO inbox (consumer, event_id, topic, key, version, log_identity, partition, log_offset)
    VALUES ('exam', gen_random_uuid(), 't', 'k', 1, 'log', 0, 0)
"""
OUTBOX = (
    "INSERT INTO outbox (event_id, topic, key, type, version, payload) VALUES (gen_random_uuid(), 't', 'k', 'x', 1, '')"
)
OFFSET = "INSERT INTO inbox_offset VALUES ('exam', 'log', 't', 0, 0) ON CONFLICT DO NOTHING"
MOVE = "UPDATE inbox_offset SET next_offset = next_offset + 1"
CURSOR = "UPDATE outbox_cursor SET seq = seq"
#: RowShareLock is what SELECT FOR UPDATE takes on the table.
LOCKED = "SELECT 1 FROM pg_locks WHERE relation = 'outbox_cursor'::regclass AND mode = 'RowShareLock' AND granted"
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


@pytest.fixture
async def ground(database: Callable[[str], Awaitable[ServiceDatabase]], monkeypatch: pytest.MonkeyPatch) -> OneDatabase:
    made = OneDatabase((await database("exam")).admin_url)
    monkeypatch.setattr(databases, "EVENT_SERVICES", ("exam",))
    await databases.prepare(made)
    return made


async def run(ground: OneDatabase, *statements: str) -> str:
    """Run statements in one transaction; return what became of it."""
    async with ground.superuser("exam") as connection:
        try:
            async with connection.transaction():
                for statement in statements:
                    await connection.execute(statement)
        except asyncpg.PostgresError as error:
            return str(error.sqlstate)
    return "done"


def fault(kind: Kind, seconds: float = 60.0) -> Fault:
    return Fault(after=0, kind=kind, target="exam", seconds=seconds)


async def test_nothing_fails_before_it_is_told_to(ground):
    assert await run(ground, OFFSET, INBOX, OUTBOX, MOVE, CURSOR) == "done"


async def test_a_full_disk_is_met_by_handlers_and_relay_and_not_by_commands(ground):
    await databases.fail(ground, fault(Kind.DISK_FULL))
    assert await run(ground, CURSOR) == "53100"
    assert await run(ground, INBOX, OUTBOX) == "53100"
    assert {await run(ground, INBOX) for _ in range(30)} == {"53100", "done"}
    assert await run(ground, OUTBOX) == "done"


async def test_a_commit_that_cannot_be_serialised_fails_at_its_end(ground):
    await run(ground, OFFSET)
    await databases.fail(ground, fault(Kind.NOT_SERIALIZABLE))
    assert await run(ground, MOVE) == "40001"
    async with ground.superuser("exam") as connection, connection.transaction():
        await connection.execute(MOVE)  # the statement itself is all right
        raised = await asyncio.gather(connection.execute("SET CONSTRAINTS ALL IMMEDIATE"), return_exceptions=True)
        assert isinstance(raised[0], asyncpg.SerializationError)
        await connection.execute("ROLLBACK")


async def test_what_fails_heals_by_itself(ground):
    await databases.fail(ground, fault(Kind.DISK_FULL, seconds=0.2))
    await until("it has healed", lambda: run(ground, INBOX, OUTBOX, CURSOR), lambda became: became == "done")


async def test_a_deadlock_costs_the_handler_its_transaction(ground, monkeypatch):
    monkeypatch.setitem(databases._ROWS, "exam", "outbox_cursor")
    await run(ground, OFFSET)
    await databases.deadlock(ground, fault(Kind.DEADLOCK, seconds=PATIENCE))
    async with ground.superuser("exam") as connection:
        await until("the rows are locked", lambda: connection.fetchval(LOCKED))
        handler = asyncio.ensure_future(run(ground, MOVE, CURSOR))
        await until("the handler waits for them", lambda: connection.fetchval(WAITING))
    ground.calm.set()  # the fault goes on to the handler's other row
    assert await handler == "40P01"
    await asyncio.gather(*ground._healing)
    assert await run(ground, MOVE, CURSOR) == "done"


async def test_a_snapshot_is_held_until_all_is_calm(ground):
    await databases.hold_snapshot(ground, fault(Kind.HOLD_SNAPSHOT))
    held = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_xmin IS NOT NULL"
    async with ground.superuser("exam") as connection:
        await until("one is held beside ours", lambda: connection.fetchval(held), lambda count: count == 2)
        ground.calm.set()
        await asyncio.gather(*ground._lasting)
        await until("only ours is", lambda: connection.fetchval(held), lambda count: count == 1)
