"""An engine whose line to the server is dead without a word gives up in time, and works again on another one."""

from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

import asyncpg
import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncEngine

import shared.database.engine
from shared.database.engine import create_engine
from shared.inbox.trouble import is_transient
from tests.chaos.proxy import Network
from tests.chaos.rules import Effect, Rule
from tests.worlds.stack import TestPostgres

pytestmark = pytest.mark.integration
DEAD = Rule(Effect.FORGET, frozenset({"?"}), frozenset({"postgres"}))

END_THE_OTHERS = """
    SELECT pg_terminate_backend(pid) FROM pg_stat_activity
     WHERE application_name = 'test' AND pid <> pg_backend_pid()
"""


@pytest.fixture
async def line(postgres: TestPostgres) -> AsyncIterator[tuple[AsyncEngine, Network]]:
    port = make_url(postgres.dsn()).port
    assert port
    with Network(["postgres"], lambda _: port, dict) as network:
        url = postgres.dsn().replace(f":{port}/", f":{network.ports['postgres']}/")
        engine = create_engine(url, application="test", pool_size=4, deadline=5)
        async with engine.connect(), engine.connect(), engine.connect():
            pass  # some lie in the pool
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


@pytest.mark.parametrize("moment", [in_a_statement, at_the_commit])
async def test_a_dead_line_is_given_up(
    line: tuple[AsyncEngine, Network], moment: Callable[[AsyncEngine, Network], Awaitable[None]]
):
    engine, network = line
    with pytest.raises(TimeoutError) as given_up:
        await moment(engine, network)
    assert is_transient(given_up.value)
    async with engine.connect() as connection:
        assert await connection.scalar(text("SELECT 2")) == 2


async def test_dead_lines_in_the_pool_are_all_replaced_before_use(
    line: tuple[AsyncEngine, Network], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(shared.database.engine, "_PING_SECONDS", 5.0)
    monkeypatch.setattr(shared.database.engine, "TRUSTED_SECONDS", 0.0)
    engine, network = line
    network.strike(DEAD)
    asked = []
    execute = asyncpg.Connection.execute

    async def counted(connection: asyncpg.Connection, query: str, **options: Any) -> str:
        asked.append(query)
        return str(await execute(connection, query, **options))

    monkeypatch.setattr(asyncpg.Connection, "execute", counted)
    async with engine.connect() as first, engine.connect() as second, engine.connect() as third:
        for connection in (first, second, third):
            assert await connection.scalar(text("SELECT 2")) == 2
    assert asked.count("SELECT 1") == 1  # one of the three is asked; the others share its fate


async def backend(engine: AsyncEngine) -> int:
    async with engine.connect() as connection:
        return int(await connection.scalar(text("SELECT pg_backend_pid()")))


@pytest.mark.parametrize(("trusted", "asked"), [(3_600.0, False), (0.0, True)])
async def test_only_a_line_that_lay_idle_is_asked(
    line: tuple[AsyncEngine, Network], monkeypatch: pytest.MonkeyPatch, trusted: float, asked: bool
):
    engine, _ = line
    monkeypatch.setattr(shared.database.engine, "TRUSTED_SECONDS", trusted)
    async with engine.connect() as connection:
        ended = connection.sync_connection.connection.driver_connection
    said: list[str] = []
    ended.add_query_logger(lambda query: said.append(query.query))
    for _ in range(4):
        await backend(engine)
    assert ("SELECT 1" in said) is asked


@pytest.mark.parametrize("trusted", [0.0, 3_600.0])
async def test_a_session_that_the_server_ended_is_replaced(
    line: tuple[AsyncEngine, Network], monkeypatch: pytest.MonkeyPatch, trusted: float
):
    engine, _ = line
    monkeypatch.setattr(shared.database.engine, "TRUSTED_SECONDS", trusted)
    before = await backend(engine)
    async with engine.connect() as connection:
        await connection.execute(text(END_THE_OTHERS))
        for _ in range(3):
            try:
                await backend(engine)
            except DBAPIError as error:  # a trusted line, ended just now: trouble that passes
                if not trusted or not is_transient(error):
                    raise
        assert await backend(engine) != before
