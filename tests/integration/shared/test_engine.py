"""Connections of the pool: those in use are trusted, those that lay idle are asked, dead ones are replaced."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database import engine as module
from shared.database.engine import create_engine

pytestmark = pytest.mark.integration


@pytest.fixture
async def database_url(postgres) -> str:
    """A fresh database."""
    return await postgres.create_database()


@pytest.fixture
async def pool(database_url: str) -> AsyncIterator[AsyncEngine]:
    """An engine with a single connection."""
    engine = create_engine(database_url, application="pool", pool_size=1)
    yield engine
    await engine.dispose()


@pytest.fixture
def pings(pool, monkeypatch):
    """How often a connection was asked whether it is there."""
    asked = []
    ping = pool.dialect.do_ping

    def counted(connection):
        asked.append(connection)
        return ping(connection)

    monkeypatch.setattr(pool.dialect, "do_ping", counted)
    return asked


async def backend(engine: AsyncEngine) -> int:
    """Return the process that serves the connection."""
    async with engine.connect() as connection:
        return (await connection.execute(text("SELECT pg_backend_pid()"))).scalar_one()


async def kill(database_url: str, process: int) -> None:
    other = create_engine(database_url, application="killer")
    async with other.connect() as connection:
        await connection.execute(text("SELECT pg_terminate_backend(:process, 5000)"), {"process": process})
    await other.dispose()


async def test_a_connection_in_use_is_not_asked_each_time(pool, pings):
    assert len({await backend(pool) for _ in range(20)}) == 1
    assert pings == []


async def test_a_connection_that_lay_idle_is_asked_once(pool, pings, monkeypatch):
    before = await backend(pool)
    monkeypatch.setattr(module, "TRUSTED_SECONDS", 0.0)
    assert await backend(pool) == before
    assert len(pings) == 1


@pytest.mark.parametrize("trusted", [5.0, 0.0])
async def test_a_dead_connection_is_replaced_before_anybody_notices(pool, database_url, monkeypatch, trusted):
    monkeypatch.setattr(module, "TRUSTED_SECONDS", trusted)
    for _ in range(3):
        before = await backend(pool)
        await kill(database_url, before)
        assert await backend(pool) != before
