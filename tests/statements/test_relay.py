"""What a page of the outbox costs the relay of each service in SQL statements."""

import asyncio
import importlib

import asyncpg
import pytest

from shared.events.exam import CandidateCheckedInV1
from shared.ids import new_id
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.options import MessagingOptions
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from tests.statements.limits import HANDLERS, RELAY_LEAD, RELAY_PAGE
from tests.statements.samples import NOW

pytestmark = pytest.mark.integration

EVENTS, PAGE = 400, 50


@pytest.fixture
def queries(monkeypatch):
    """Every query of connections that are made from now on."""
    seen, connect = [], asyncpg.connect

    async def counted(*args, **options):
        connection = await connect(*args, **options)
        connection.add_query_logger(lambda record: seen.append(record.query))
        return connection

    monkeypatch.setattr(asyncpg, "connect", counted)
    return seen


async def publish(service):
    """Commit all events in one transaction."""
    async with service.work() as work:
        for _ in range(EVENTS):
            event = CandidateCheckedInV1(
                application_id=new_id(), plan_id=new_id(), component="practical", checked_in_at=NOW
            )
            work.publish(event, version=1, journey_id=new_id())


@pytest.mark.parametrize("name", HANDLERS)
async def test_no_page_costs_more_statements_than_its_limit(name, settings_for, queries):
    service = importlib.import_module(f"services.{name}.bootstrap").build(await settings_for(name))
    await publish(service)
    broker, stop, pages = MemoryBroker(), asyncio.Event(), []

    async def reached(moment):
        pages.extend([moment] if moment == "relay.page_saved" else [])
        if len(pages) == EVENTS // PAGE:
            stop.set()

    relay = Relay(
        service=name,
        dsn=service.engine.url.set(drivername="postgresql").render_as_string(hide_password=False),
        broker=broker,
        log=LogIdentity(broker),
        wake=Wake(),
        options=MessagingOptions(page_events=PAGE),
        reached=reached,
    )
    queries.clear()
    await relay.run(stop)
    await service.engine.dispose()
    assert len(queries) <= RELAY_PAGE * len(pages) + RELAY_LEAD, queries
