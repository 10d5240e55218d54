"""The database lives by the clock of the process that asks it, and by nobody else's word."""

import importlib
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from kaozheng.embedded.databases import SERVICES
from shared import audit
from shared.clock import MovableClock
from shared.database.clock import SETTING
from shared.database.engine import create_engine
from shared.service import Service

pytestmark = pytest.mark.integration

WEEK = timedelta(weeks=1)
#: The clock is ahead by so much, and of what the machine takes for a question nothing is asked.
AHEAD = text("SELECT clock_now() - clock_timestamp()")
#: Every column that takes its time from a default.
DEFAULTS = """
    SELECT table_name || '.' || column_name AS name, column_default AS value FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' AND column_default IS NOT NULL
"""


async def ahead(engine: AsyncEngine) -> timedelta:
    """Return how far the database's clock is ahead, to the second."""
    async with engine.connect() as connection:
        found = (await connection.execute(AHEAD)).scalar_one()
    return timedelta(seconds=round(found.total_seconds()))


@pytest.fixture
async def moved(settings_for: Callable[..., Awaitable[Any]], tmp_path: Path):
    """`await moved("exam")`: the service with a clock that can be moved."""
    made: list[Service] = []

    async def build(name: str, **overrides: Any) -> tuple[Service, MovableClock]:
        file = tmp_path / f"clock-{len(made)}"
        settings = await settings_for(name, clock_file=file, **overrides)
        service = importlib.import_module(f"services.{name}.bootstrap").build(settings)
        made.append(service)
        return service, MovableClock(file)

    yield build
    for service in made:
        await service.engine.dispose()


@pytest.mark.parametrize("name", SERVICES)
async def test_a_services_database_follows_its_clock(moved, name: str):
    service, clock = await moved(name)
    assert await ahead(service.engine) == timedelta()
    clock.move(WEEK)
    assert service.clock.now() - datetime.now(UTC) > WEEK - timedelta(hours=1)  # noqa: TID251
    assert await ahead(service.engine) == WEEK
    clock.move(WEEK)
    async with service.engine.connect() as first, service.engine.connect() as second:
        found = [(await each.execute(AHEAD)).scalar_one() for each in (first, second)]
    assert all(each > 2 * WEEK - timedelta(seconds=1) for each in found)
    clock.reset()
    assert await ahead(service.engine) == timedelta()


@pytest.mark.parametrize("name", SERVICES)
async def test_no_table_takes_a_time_from_elsewhere(moved, name: str):
    service, _ = await moved(name)
    async with service.engine.connect() as connection:
        found = {row.name: row.value for row in await connection.execute(text(DEFAULTS))}
    assert {"outbox.occurred_at", "parked_event.parked_at", "idempotency.created_at"} <= found.keys()
    assert set(found.values()) == {"clock_now()"}, found


async def test_a_transaction_that_fails_does_not_take_the_move_back(moved):
    service, clock = await moved("exam")
    clock.move(WEEK)
    async with service.engine.connect() as connection:
        assert (await connection.execute(AHEAD)).scalar_one() > WEEK - timedelta(seconds=1)
        await connection.rollback()
    assert await ahead(service.engine) == WEEK


async def test_the_audit_trail_and_the_outbox_are_dated_by_it(moved):
    service, clock = await moved("exam")
    clock.move(WEEK)
    async with service.work() as work:
        await audit.record(work, "officer", "plan.publish", "plan:1", {})
    async with service.engine.connect() as connection:
        at = (await connection.execute(text("SELECT at FROM audit"))).scalar_one()
    assert WEEK <= at - (clock.now() - clock.ahead()) + timedelta(minutes=10) <= WEEK + timedelta(minutes=10)


async def test_a_database_that_was_told_another_time_moves_no_service(database, settings_for):
    """Production's clock cannot be moved from outside: neither by the database's nor by the role's settings."""
    place = await database("exam")
    admin = await asyncpg.connect(place.admin_url)
    await admin.execute(f"ALTER DATABASE \"{place.name}\" SET {SETTING} = '{10**12}'")
    try:
        plain = await asyncpg.connect(place.url)
        assert await plain.fetchval("SELECT clock_now() - clock_timestamp()") > WEEK  # whoever does not say otherwise
        await plain.close()
        engine = create_engine(place.url, application="test")
        assert await ahead(engine) == timedelta()
        await engine.dispose()
    finally:
        await admin.close()
