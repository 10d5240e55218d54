"""A database with the platform's request tables and nothing else."""

from collections.abc import AsyncIterator, Callable

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database import clock, request_tables
from shared.database.engine import create_engine
from shared.work import UnitOfWork


@pytest.fixture
async def engine(postgres) -> AsyncIterator[AsyncEngine]:
    """An engine on a fresh database with the tables of requests."""
    found = create_engine(await postgres.create_database(), application="test")
    async with found.begin() as connection:
        await connection.run_sync(_upgrade)
    yield found
    await found.dispose()


def _upgrade(connection: Connection) -> None:
    for part in (clock, request_tables):
        part.upgrade(Operations(MigrationContext.configure(connection)))


@pytest.fixture
def work(engine: AsyncEngine) -> Callable[[], UnitOfWork]:
    """Opens transactions."""
    return lambda: UnitOfWork(engine)
