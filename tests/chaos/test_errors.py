"""Relay and consumer while the database answers with errors of need: nothing is parked, each effect happens once."""

import asyncio

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.work import WorkFactory
from tests.chaos import databases
from tests.chaos.one_database import OneDatabase
from tests.chaos.schedule import Fault, Kind
from tests.faults import ledger, tiny
from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
from tests.faults.rig import Rig

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@pytest.fixture
async def ground(dsn: str, monkeypatch: pytest.MonkeyPatch) -> OneDatabase:
    made = OneDatabase(dsn)
    monkeypatch.setattr(databases, "EVENT_SERVICES", ("tiny",))
    monkeypatch.setitem(databases._ROWS, "tiny", "outbox_cursor")
    await databases.prepare(made)
    return made


@pytest.mark.parametrize("kind", [Kind.DISK_FULL, Kind.NOT_SERIALIZABLE, Kind.DEADLOCK, Kind.HOLD_TRANSACTION])
async def test_need_is_waited_out(ground: OneDatabase, dsn: str, engine: AsyncEngine, work: WorkFactory, kind: Kind):
    strike = databases.STRIKES[kind]
    async with Rig(dsn, engine).running():
        await tiny.publish_many(work, 100, keys=12)
        await ledger.arrived(dsn, 50)
        for seed in range(2, 5):
            await strike(ground, Fault(after=0, kind=kind, target="tiny", seconds=1.5))
            await tiny.publish_many(work, 100, keys=12, seed=seed)
            await ledger.arrived(dsn, 100 * seed)
        await asyncio.gather(*ground._healing)
        await ledger.settled(dsn, 400)
    assert await ledger.findings(dsn) == []
