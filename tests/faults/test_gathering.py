"""While events keep coming they travel together; an event that comes alone travels at once."""

import pytest

from tests.faults import ledger, tiny
from tests.faults.rig import Rig

pytestmark = pytest.mark.integration


async def test_many_small_transactions_are_sent_in_few_pages(dsn, engine, work):
    """The first goes at once; the others, which come while the relay gathers for an hour, leave with the next relay."""
    rig = Rig(dsn, engine, options=tiny.options(linger=3_600, poll_idle=0.01, page_events=50))
    pages: list[str] = []

    async def reached(name: str) -> None:
        pages.extend([name] if name == "relay.page_sent" else [])

    async with rig.running(reached):
        await tiny.publish(work, 0)
        await ledger.arrived(dsn, 1)
        for number in range(60):
            await tiny.publish(work, number % 5)
    async with rig.running(reached):
        await ledger.arrived(dsn, 61)
    assert len(pages) <= 3
    assert await ledger.findings(dsn) == []


async def test_an_event_that_comes_alone_is_not_held_back(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(linger=3_600))
    async with rig.running():
        await tiny.publish(work, 1)
        await ledger.arrived(dsn, 1)


async def test_nothing_is_lost_when_the_relay_is_stopped_while_it_gathers(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(linger=3_600))
    async with rig.running():
        await tiny.publish(work, 1)
        await ledger.arrived(dsn, 1)
        await tiny.publish(work, 2)
    async with rig.running():
        await ledger.arrived(dsn, 2)
