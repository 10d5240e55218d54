"""The schema goes up and down, matches the models, and lets old days go."""

from datetime import timedelta
from typing import Any

import pytest

from services.operations.adapters.tables import OperationsTable
from services.operations.domain.model import Kind, Span, Status
from services.operations.domain.window import nanoseconds
from shared.clock import SystemClock
from shared.database import migrations
from shared.database.engine import create_engine

pytestmark = pytest.mark.integration


@pytest.mark.filterwarnings("ignore:Did not recognize type")
async def test_migrations_go_up_down_and_up_and_match_the_models(postgres: Any):
    database = await postgres.create_unmigrated_database("operations")
    await migrations.upgrade("operations", database.owner_url)
    await migrations.downgrade("operations", database.owner_url)
    await migrations.upgrade("operations", database.owner_url)
    engine = create_engine(database.owner_url, application="test")
    async with engine.connect() as connection:
        assert await migrations.differences(connection, OperationsTable.metadata) == []
    await engine.dispose()
    await postgres.drop(database.name)


async def test_old_days_are_dropped_and_coming_days_made(world: Any):
    open_work = world.service.work
    now = SystemClock().now()
    old, fresh = make_span(1, now - timedelta(days=40)), make_span(2, now)
    async with open_work() as work:
        await work.spans.add([old, fresh])
    async with open_work() as work:
        await work.spans.keep_days(now.date() + timedelta(days=9), ahead=2, retention=30)
    async with open_work() as work:
        kept = await work.rows("SELECT span_id, tableoid::regclass::text AS part FROM span")
        parts = await work.rows(
            "SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'span'::regclass"
        )
    assert [(row.span_id, row.part) for row in kept] == [(fresh.span_id, f"span_{now:%Y%m%d}")]
    assert f"span_{now + timedelta(days=11):%Y%m%d}" in {row.name for row in parts}
    async with open_work() as work:
        await work.spans.keep_days(now.date() + timedelta(days=31), ahead=0, retention=30)
        assert await work.rows("SELECT 1 FROM span") == []


def make_span(number: int, start: Any) -> Span:
    return Span(
        trace_id=bytes(15) + b"\x01",
        span_id=number.to_bytes(8),
        parent_id=None,
        service="exam",
        name="work",
        kind=Kind.INTERNAL,
        status=Status.UNSET,
        start=nanoseconds(start),
        end=nanoseconds(start),
    )
