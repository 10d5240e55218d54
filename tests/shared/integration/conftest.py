"""A database with the platform's request tables and nothing else."""

from collections.abc import AsyncIterator, Callable

import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.database import request_tables
from shared.database.engine import create_engine
from shared.work import UnitOfWork


@pytest.fixture
async def engine(postgres) -> AsyncIterator[AsyncEngine]:
    """An engine on a fresh database with the tables of requests."""
    found = create_engine(await postgres.create_database(), application="test")
    async with found.begin() as connection:
        await connection.run_sync(lambda sync: request_tables.upgrade(Operations(MigrationContext.configure(sync))))
    yield found
    await found.dispose()


@pytest.fixture
def work(engine: AsyncEngine) -> Callable[[], UnitOfWork]:
    """Opens transactions."""
    return lambda: UnitOfWork(engine)
