"""An engine whose line to the server is dead without a word gives up in time, and works again on another one."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database.engine import create_engine
from shared.inbox.trouble import is_transient
from tests.chaos.proxy import Network
from tests.chaos.rules import Effect, Rule
from tests.stack import TestPostgres

pytestmark = pytest.mark.integration
DEAD = Rule(Effect.FORGET, frozenset({"?"}), frozenset({"postgres"}))


@pytest.fixture
async def line(postgres: TestPostgres) -> AsyncIterator[tuple[AsyncEngine, Network]]:
    with Network(["postgres"], lambda _: postgres.server.port, dict) as network:
        url = postgres.dsn().replace(f":{postgres.server.port}/", f":{network.ports['postgres']}/")
        engine = create_engine(url, application="test", pool_size=1, deadline=1)
        yield engine, network
        await engine.dispose()


async def in_a_statement(engine: AsyncEngine, network: Network) -> None:
    async with engine.connect() as connection:
        network.strike(DEAD)
        await connection.execute(text("SELECT 1"))


async def at_the_commit(engine: AsyncEngine, network: Network) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        network.strike(DEAD)
        await connection.commit()


async def in_the_pool(engine: AsyncEngine, network: Network) -> None:
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
    network.strike(DEAD)
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))


@pytest.mark.parametrize("moment", [in_a_statement, at_the_commit, in_the_pool])
async def test_a_dead_line_is_given_up(
    line: tuple[AsyncEngine, Network], moment: Callable[[AsyncEngine, Network], Awaitable[None]]
):
    engine, network = line
    async with asyncio.timeout(30):
        with pytest.raises(TimeoutError) as given_up:
            await moment(engine, network)
        assert is_transient(given_up.value)
        async with engine.connect() as connection:
            assert await connection.scalar(text("SELECT 2")) == 2
