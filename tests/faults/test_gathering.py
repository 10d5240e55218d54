"""While events keep coming they travel together; an event that comes alone travels at once."""

import asyncio
import time

import pytest

from tests.faults import ledger, tiny
from tests.faults.rig import Rig

pytestmark = pytest.mark.integration

#: Seconds.
LINGER = 0.2


async def test_many_small_transactions_are_sent_in_few_pages(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(linger=LINGER, poll_idle=0.01))
    relay, pages, stop = rig.relay(), [], asyncio.Event()

    async def reached(name: str) -> None:
        if name == "relay.page_sent":
            pages.append(name)

    relay.reached = reached
    async with asyncio.TaskGroup() as group:
        group.create_task(relay.run(stop))
        group.create_task(rig.consumer().run(stop))
        began = time.monotonic()
        for number in range(60):
            await tiny.publish(work, number % 5)
            await asyncio.sleep(0.01)
        await ledger.settled(dsn, 60)
        took = time.monotonic() - began
        stop.set()
    assert len(pages) <= took / LINGER + 2
    assert await ledger.findings(dsn) == []


async def test_an_event_that_comes_alone_is_not_held_back(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(linger=3_600))
    async with rig.running():
        await tiny.publish(work, 1)
        await ledger.settled(dsn, 1)


async def test_nothing_is_lost_when_the_relay_is_stopped_while_it_gathers(dsn, engine, work):
    rig = Rig(dsn, engine, options=tiny.options(linger=3_600))
    async with rig.running():
        await tiny.publish(work, 1)
        await ledger.settled(dsn, 1)
        await tiny.publish(work, 2)
    async with rig.running():
        await ledger.settled(dsn, 2)
