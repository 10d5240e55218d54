"""What a page of the outbox costs the relay of each service in SQL statements."""

import asyncio

import asyncpg
import pytest

from shared.ids import new_id
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.options import MessagingOptions
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from tests.statements.limits import HANDLERS, RELAY_LEAD, RELAY_PAGE
from tests.worlds.payloads import Candidate, candidate_checked_in

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
            candidate = Candidate()
            work.publish(candidate_checked_in(new_id(), candidate), version=1, journey_id=candidate.journey_id)


@pytest.mark.parametrize("name", HANDLERS)
async def test_no_page_costs_more_statements_than_its_limit(name, make_world, queries):
    service = (await make_world(name)).service
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
    assert len(queries) <= RELAY_PAGE * len(pages) + RELAY_LEAD, queries
