"""A worker is told to stop at any moment, perhaps twice: it ends well, and the next one goes on there."""

import asyncio
import random
import signal

import pytest

from tests.faults import ledger, tiny
from tests.faults.stage import send, status
from tests.worlds.waiting import until

pytestmark = [pytest.mark.integration, pytest.mark.slow]


async def told_to_stop(stage, chance):
    """Start a worker and stop it somewhere on its way up, or when it has begun to work; it comes to its end."""
    told = stage.worker()
    await stage.said(told, chance.choice(("ready", "consumer.partitions.assigned")))
    await asyncio.sleep(chance.uniform(0, 0.6))
    send(told, signal.SIGTERM)
    if chance.random() < 0.5:
        await asyncio.sleep(chance.uniform(0, 0.2))
        send(told, signal.SIGTERM)
    assert await status(told) == 0


async def told_to_stop_at_work(stage, dsn):
    """Start a worker and stop it once it has surely worked, which on a busy machine none of the others may have."""
    told = stage.worker()
    await until("something is handled", lambda: ledger.handled(dsn))
    send(told, signal.SIGTERM)
    assert await status(told) == 0


@pytest.mark.parametrize(
    "times", [8, pytest.param(200, marks=[pytest.mark.soak, pytest.mark.timeout(1_800)])], ids=["short", "soak"]
)
async def test_a_worker_stops_at_any_moment(stage, work, dsn, times):
    chance = random.Random(18)
    async with tiny.load(work, keys=12) as published:
        for _ in range(times):
            await told_to_stop(stage, chance)
        await told_to_stop_at_work(stage, dsn)
    handled = await ledger.handled(dsn)
    assert 0 < handled <= published["events"]
    stage.worker(options={"page_events": 2_000, "batch_records": 2_000})  # much may have been left to it
    await ledger.settled(dsn, published["events"])
    assert await ledger.findings(dsn) == []
