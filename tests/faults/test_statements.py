"""How many SQL statements a batch costs does not depend on its size: the figure that no machine changes."""

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.inbox import incoming, store
from shared.inbox.batch import BatchHandler
from shared.messaging.broker import Partition
from tests.faults import tiny
from tests.faults.records import records
from tests.worlds.statements import statements

pytestmark = pytest.mark.integration


async def _cost(engine: AsyncEngine, events: int, first: int) -> int:
    work = tiny.work_factory(engine)
    handler = BatchHandler(subscription=tiny.subscription(), work=work, options=tiny.options())
    async with work() as opening:
        await store.open_offsets(opening, "tiny", "log", [Partition(tiny.TOPIC, 0)])
    batch = incoming.read(records(events, first=first), handler.subscription)
    with statements(engine) as seen:
        outcome = await handler.apply(batch, "log")
    assert list(outcome.of.values()) == ["applied"] * events
    return len(seen)


async def test_a_batch_of_any_size_costs_six_statements(engine):
    """Offsets, inbox, parked keys, two of the handler, offsets again."""
    assert [await _cost(engine, 1, 0), await _cost(engine, 50, 1), await _cost(engine, 2000, 51)] == [6, 6, 6]


async def test_a_transaction_writes_all_its_events_with_one_statement(engine):
    work = tiny.work_factory(engine)
    with statements(engine) as seen:
        await tiny.publish(work, 1, times=100)
    assert sum("INSERT INTO outbox" in statement for statement in seen) == 1
