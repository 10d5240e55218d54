"""Without any fault: events flow from the outbox through the broker into the effects, and a worker stops in order."""

import asyncio
from typing import cast

import pytest

from shared.messaging.memory import MemoryBroker
from shared.outbox.wake import Wake
from shared.service import Service
from shared.work import UnitOfWork
from shared.worker import run_worker
from tests.faults import ledger, tiny
from tests.faults.service import TinyService

pytestmark = pytest.mark.integration


async def test_every_event_is_applied_once_and_in_order(dsn, engine):
    wake = Wake()
    service = TinyService(engine=engine, wake=wake, work=lambda: UnitOfWork(engine, wake.set))
    stop = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        group.create_task(run_worker(cast("Service", service), MemoryBroker(4), stop, options=tiny.options()))
        await tiny.publish_many(service.work, 400, keys=10)
        await ledger.settled(dsn, 400)
        stop.set()
    assert await ledger.findings(dsn) == []
