"""Fixtures only; nothing is ever imported from here."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings

from kaozheng.embedded.errors import EmbeddedError
from tests.containers.engine import make_ready
from tests.worlds.brokers import DOCKER, own_broker, running
from tests.worlds.callers import Issuer
from tests.worlds.services import opened, settings_of, world_of
from tests.worlds.stack import ServiceDatabase, TestPostgres, running_server

#: All properties: no deadline, and in the suite the same examples each time, so that a failure can be had again.
_PATIENT = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
settings.register_profile("suite", _PATIENT, derandomize=True, database=None)
#: `pytest tests/importing --hypothesis-profile=fuzz --timeout=0` looks for new failures.
settings.register_profile("fuzz", _PATIENT, max_examples=1500, print_blob=True)
settings.load_profile("suite")

_LOOPBACK = ("127.", "::1", "localhost")


def _refuse_outside(event: str, arguments: tuple[Any, ...]) -> None:
    """Keep tests from reaching the network: they must pass where there is none."""
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        host = str(arguments[1][0])
        if not host.startswith(_LOOPBACK):
            raise RuntimeError(f"a test must not connect to {host}")


sys.addaudithook(_refuse_outside)


def pytest_configure(config: pytest.Config) -> None:
    """Say at once, and once, that there is nothing to run on."""
    if DOCKER and not hasattr(config, "workerinput"):
        try:
            make_ready()
        except EmbeddedError as error:
            raise pytest.UsageError(str(error)) from None


@pytest.fixture(scope="session")
def postgres() -> Iterator[TestPostgres]:
    """A PostgreSQL server for this test process."""
    yield from running_server()


@pytest.fixture
async def database(postgres: TestPostgres) -> AsyncIterator[Callable[[str], Awaitable[ServiceDatabase]]]:
    """`await database("exam")`: a fresh database made by that service's migrations, dropped after the test."""
    made: list[str] = []

    async def create(service: str) -> ServiceDatabase:
        fresh = await postgres.create_service_database(service)
        made.append(fresh.name)
        return fresh

    yield create
    for name in made:
        await postgres.drop(name)


@pytest.fixture(scope="session")
def broker(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Bootstrap address of a broker for this test process; use topic names of your own."""
    own = own_broker(tmp_path_factory.mktemp("broker"))
    with running(own):
        yield own.bootstrap_servers


@pytest.fixture
async def settings_for(
    database: Callable[[str], Awaitable[ServiceDatabase]],
) -> Callable[..., Awaitable[Any]]:
    """`await settings_for("exam", kafka_bootstrap_servers=broker)`: that service's settings on a fresh database."""

    async def build(service: str, **overrides: Any) -> Any:
        return settings_of(service, await database(service), overrides)

    return build


@pytest.fixture
def issuer(tmp_path: Path) -> Issuer:
    """Whose tokens the services of this test trust."""
    return Issuer.make(tmp_path)


@pytest.fixture
async def make_world(
    settings_for: Callable[..., Awaitable[Any]], issuer: Issuer
) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """`await make_world("exam", **settings)`: that service on a fresh database, and what tests do with it."""
    async with AsyncExitStack() as worlds:

        async def make(name: str, **overrides: Any) -> Any:
            kind = world_of(name)
            settings = await settings_for(name, **kind.settings(issuer) | overrides)
            return await worlds.enter_async_context(opened(kind, settings, issuer))

        yield make
