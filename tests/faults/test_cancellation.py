"""Relay and consumer are cancelled at the moments that matter and at random ones: nothing half-done, nothing leaked."""

import asyncio
import contextlib
import random

import pytest

from tests.faults import ledger, tiny
from tests.faults.rig import Rig

pytestmark = pytest.mark.integration


async def _run_and_cancel(running, seconds: float) -> None:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await running


@pytest.mark.parametrize("seed", [1, 2])
async def test_cancelled_at_random_moments(dsn, engine, work, seed):
    rig = Rig(dsn, engine, options=tiny.options(page_events=7, batch_records=5))
    await tiny.publish_many(work, 200, keys=8)
    chance = random.Random(seed)
    for _ in range(25):
        async with asyncio.TaskGroup() as group:
            group.create_task(_run_and_cancel(rig.relay().run(asyncio.Event()), chance.uniform(0.001, 0.2)))
            group.create_task(_run_and_cancel(rig.consumer().run(asyncio.Event()), chance.uniform(0.001, 0.2)))
    async with rig.running():
        await ledger.settled(dsn, 200)
    assert await ledger.findings(dsn) == []
    assert engine.pool.checkedout() == 0


@pytest.mark.parametrize("moment", ["consumer.remembered", "consumer.handled", "consumer.committed"])
async def test_cancelled_at_a_boundary(dsn, engine, work, moment):
    rig = Rig(dsn, engine, options=tiny.options(batch_records=5))
    await tiny.publish_many(work, 60, keys=4)
    stop = asyncio.Event()

    async def reached(name: str) -> None:
        if name == moment:
            task = asyncio.current_task()
            assert task is not None
            task.cancel()
            await asyncio.sleep(0)

    async with asyncio.TaskGroup() as group:
        group.create_task(rig.relay().run(stop))
        for _ in range(4):
            await asyncio.wait([group.create_task(rig.consumer(reached).run(stop))])
        group.create_task(rig.consumer().run(stop))
        await ledger.settled(dsn, 60)
        stop.set()
    assert await ledger.findings(dsn) == []
    assert engine.pool.checkedout() == 0
