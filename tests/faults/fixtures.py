"""Fixtures that the tests of faults, mutants and partitions share."""

from collections.abc import AsyncIterator

import pytest
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.work import WorkFactory
from tests.faults import tiny
from tests.stack import TestPostgres


@pytest.fixture
async def dsn(postgres: TestPostgres) -> str:
    """A database with the tables of the made-up service."""
    url = await postgres.create_database("tiny")
    await tiny.create_tables(url)
    return url


@pytest.fixture
async def engine(dsn: str) -> AsyncIterator[AsyncEngine]:
    engine = tiny.engine_of(dsn)
    yield engine
    await engine.dispose()


@pytest.fixture
def work(engine: AsyncEngine) -> WorkFactory:
    return tiny.work_factory(engine)
