"""Every question of the checker can be asked of the databases as the migrations make them; nothing yields no fault."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import asyncpg
import pytest

from tests.chaos import checker, workflow
from tests.e2e.job import EVENT_SERVICES
from tests.worlds.stack import ServiceDatabase

pytestmark = pytest.mark.integration


class Addresses:
    """Where nobody is asked anything."""

    def url(self, service: str) -> str:
        return f"http://{service}.invalid"


@dataclass
class EmptyJob:
    """The databases of a job before anything happens."""

    databases: dict[str, ServiceDatabase]
    stack: Addresses

    async def rows(self, service: str, sql: str) -> list[Any]:
        connection = await asyncpg.connect(self.databases[service].owner_url)
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()


@pytest.fixture
async def job(database: Callable[[str], Awaitable[ServiceDatabase]]) -> EmptyJob:
    return EmptyJob({service: await database(service) for service in EVENT_SERVICES}, Addresses())


async def test_the_workflow_is_asked_of_the_tables_that_there_are(job):
    assert workflow.findings(await workflow.facts(job, [])) == []


@pytest.mark.parametrize("service", EVENT_SERVICES)
async def test_so_are_inbox_outbox_and_positions(job, service):
    assert await job.rows(service, checker._OUTBOX) == []
    told = await checker._service_findings(job, service, {}, [])
    assert told == [f"{service}: no {kind} was published" for kind in sorted(checker.HANDLES[service])]
