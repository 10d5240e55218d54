"""A service as a real process: how it starts, drains and ends."""

import asyncio
import json
import os
import signal
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

import httpx
import pytest
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from kaozheng.embedded import ports
from shared.database import clock, messaging_tables, request_tables
from shared.database.engine import create_engine
from tests.worlds.brokers import IDEMPOTENT
from tests.worlds.waiting import PATIENCE, until

pytestmark = pytest.mark.integration

PROGRAM = """
import asyncio, os
from fastapi import APIRouter
from pydantic_settings import SettingsConfigDict
from shared.database.engine import create_engine
from shared.outbox.wake import Wake
from shared.service import Service, main
from shared.settings import ServiceSettings
from shared.work import UnitOfWork

router = APIRouter()

begun, may_end = asyncio.Event(), asyncio.Event()

@router.get("/v1/slow")
async def slow() -> str:
    begun.set()
    await may_end.wait()
    return "done"

@router.get("/v1/begun")
async def has_begun() -> bool:
    return begun.is_set()

@router.get("/v1/end")
async def end() -> None:
    may_end.set()

class Settings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="KAOZHENG_SAMPLE_")

async def crash(stop):
    1 / 0

def build():
    settings = Settings()
    engine = create_engine(settings.database_url, application="sample")
    return Service(name="sample", settings=settings, clock=settings.clock(), engine=engine,
                   routers=(router,), subscription=None,
                   work=lambda: UnitOfWork(engine), wake=Wake(), deps=None,
                   background=(crash,) if "CRASH" in os.environ else ())

main(build)
"""


@pytest.fixture
async def start(postgres, tmp_path: Path):
    """Start the sample service in a mode; give its process and its address."""
    program = tmp_path / "sample.py"
    program.write_text(PROGRAM)
    url = await postgres.create_database()
    engine = create_engine(url, application="test")
    async with engine.begin() as connection:
        for tables in (clock, messaging_tables, request_tables):
            await connection.run_sync(_upgrade, tables)
    await engine.dispose()
    running = []

    async def run(mode: str, port: int, **values: str) -> tuple[asyncio.subprocess.Process, httpx.AsyncClient]:
        environment = os.environ | {  # noqa: TID251 - the child needs what this process has
            "KAOZHENG_ENVIRONMENT": "test",
            "KAOZHENG_SAMPLE_DATABASE_URL": url,
            "KAOZHENG_SAMPLE_PORT": str(port),
            "PYTHONPATH": os.pathsep.join(sys.path),
        }
        process = await asyncio.create_subprocess_exec(
            sys.executable, str(program), mode, env=environment | values, stdout=asyncio.subprocess.PIPE
        )
        running.append(process)
        return process, httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=PATIENCE)

    yield run
    for process in running:
        if process.returncode is None:
            process.kill()
            await process.wait()


def _upgrade(connection, tables) -> None:
    tables.upgrade(Operations(MigrationContext.configure(connection)))


async def readiness(client: httpx.AsyncClient, status: int) -> dict[str, str]:
    """Ask until the answer has the status; give its checks."""

    async def look() -> httpx.Response | None:
        with suppress(httpx.TransportError):
            return await client.get("/health/ready")

    answer = await until(f"its readiness is {status}", look, lambda seen: seen and seen.status_code == status)
    return dict(answer.json()["checks"])


def embedded(broker: str) -> dict[str, str]:
    idempotence = str(IDEMPOTENT).lower()
    return {"KAOZHENG_KAFKA_BOOTSTRAP_SERVERS": broker, "KAOZHENG_KAFKA_IDEMPOTENCE": idempotence}


async def lines(process: asyncio.subprocess.Process) -> list[dict[str, Any]]:
    output, _ = await process.communicate()
    return [json.loads(line) for line in output.splitlines()]


async def has_begun(client: httpx.AsyncClient) -> bool:
    return bool((await client.get("/v1/begun")).json())


async def test_a_stopping_api_says_so_and_finishes_what_it_began(start):
    process, client = await start("api", ports.free_port(), KAOZHENG_SAMPLE_DRAIN_SECONDS="20")
    async with client:
        await readiness(client, 200)
        slow = asyncio.ensure_future(client.get("/v1/slow"))
        await until("it is being worked on", lambda: has_begun(client))
        process.send_signal(signal.SIGTERM)
        assert await readiness(client, 503) == {"draining": "yes"}
        await client.get("/v1/end")
        assert (await slow).json() == "done"
    said = await lines(process)
    assert process.returncode == 0
    assert [line["event"] for line in said if line["event"].startswith("service.")] == [
        "service.started",
        "service.stopped",
    ]
    assert all(line["service"] == "sample" for line in said)


async def test_a_taken_port_ends_the_process_with_a_reason(start):
    port = ports.free_port()
    first, client = await start("api", port)
    async with client:
        await readiness(client, 200)
    second, _ = await start("api", port)
    said = await lines(second)
    assert second.returncode == 1
    assert "OSError" in json.dumps(said)
    assert first.returncode is None


async def test_a_failed_migration_ends_the_process_with_a_reason(start):
    process, _ = await start("migrate", 0)
    said = await lines(process)
    assert process.returncode == 1
    assert said[-1]["error"]["type"] == "builtins.LookupError"


async def test_a_worker_drains_and_ends_with_the_api(start, broker):
    port = ports.free_port()
    process, client = await start("all", port, **embedded(broker))
    async with client:
        checks = await readiness(client, 200)
    process.send_signal(signal.SIGTERM)
    said = await lines(process)
    assert process.returncode == 0, said
    assert set(checks) == {"database", "broker", "worker"}


async def test_a_crash_of_the_worker_ends_the_process(start, broker):
    process, _ = await start("all", ports.free_port(), **embedded(broker), CRASH="yes")
    said = await lines(process)
    assert process.returncode == 1
    assert said[-1]["event"] == "service.failed"
    assert "ZeroDivisionError" in json.dumps(said[-1])
