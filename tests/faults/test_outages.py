"""The database or the broker goes away under load and comes back; the broker without its memory."""

import asyncio
import os
import shutil
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import gettempdir

import asyncpg
import pytest
from sqlalchemy.exc import SQLAlchemyError

from kaozheng.embedded import ports
from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.postgres import EmbeddedPostgres, stop
from tests.containers.postgres import PostgresServer
from tests.faults import ledger, tiny
from tests.faults.stage import Stage, stopped
from tests.worlds.brokers import DOCKER, own_broker

pytestmark = [pytest.mark.integration, pytest.mark.slow]

#: What commands meet while their database is away.
_CRASH = (SQLAlchemyError, OSError, asyncpg.PostgresError)


async def test_broker_restarted_empty_under_load(stage, work, dsn):
    """What the outbox retains is sent again to a log that the consumers know to be another; the inbox does the rest."""
    processes = [stage.relay(), stage.consumer()]
    await tiny.publish_many(work, 200, keys=12)
    await ledger.arrived(dsn, 100)
    async with asyncio.TaskGroup() as group:
        group.create_task(tiny.publish_many(work, 200, keys=12, seed=2))
        group.create_task(asyncio.to_thread(stage.restart_broker))
    await tiny.publish_many(work, 100, keys=12, seed=3)
    await ledger.settled(dsn, 500)
    assert await ledger.findings(dsn) == []
    for process in processes:
        assert await stopped(process) == 0


async def test_broker_restarted_while_nobody_runs(stage, work, dsn):
    first = [stage.relay(), stage.consumer()]
    await tiny.publish_many(work, 100, keys=12)
    await ledger.settled(dsn, 100)
    for process in first:
        assert await stopped(process) == 0
    await tiny.publish_many(work, 50, keys=12, seed=2)
    await asyncio.to_thread(stage.restart_broker)
    stage.relay()
    stage.consumer()
    await ledger.settled(dsn, 150)
    assert await ledger.findings(dsn) == []


async def test_broker_frozen_longer_than_the_deadline(stage, work, dsn):
    relay = stage.relay(options={"send_deadline": 1})
    stage.consumer()
    await tiny.publish_many(work, 100, keys=12)
    await ledger.arrived(dsn, 1)
    stage.broker_process.suspend()
    await tiny.publish_many(work, 100, keys=12, seed=2)
    await stage.said(relay, "relay.term.ended")
    stage.broker_process.resume()
    await ledger.settled(dsn, 200)
    assert await ledger.findings(dsn) == []


class OwnServer:
    """A database server of one test, to be crashed; it keeps what it committed."""

    def __init__(self, folder: Path) -> None:
        self._server = EmbeddedPostgres(home=folder / "pg", port=ports.free_port(), password="test", log=folder / "log")
        self._process = self._server.start()

    def dsn(self) -> str:
        return self._server.dsn()

    def crash(self) -> None:
        """End it as `pg_ctl stop -m immediate` does, and start it again."""
        self._process.send_signal(signal.SIGQUIT)
        self._process.wait()
        self._process = self._server.start()

    def stop(self) -> None:
        stop(self._process)


@pytest.fixture
async def own_server() -> AsyncIterator[OwnServer | PostgresServer]:
    folder = Path(gettempdir()) / f"kaozheng-faults-{os.getpid()}"
    make_own_folder(folder, mode=0o711)
    server = PostgresServer("test").start() if DOCKER else OwnServer(folder)
    await tiny.create_tables(server.dsn())
    yield server
    server.stop()
    shutil.rmtree(folder)


async def test_database_crashes_under_load(own_server, tmp_path):
    own = own_broker(tmp_path)
    stage = Stage(own_server.dsn(), own, own.start())
    engine = tiny.engine_of(stage.dsn)
    try:
        stage.relay()
        stage.consumer()
        async with tiny.load(tiny.work_factory(engine), keys=7, despite=_CRASH):
            await ledger.arrived(stage.dsn, 50)
            await asyncio.to_thread(own_server.crash)
            await ledger.arrived(stage.dsn, 50 + await _published(stage.dsn))
        await ledger.settled(stage.dsn, await _published(stage.dsn))
        assert await ledger.findings(stage.dsn) == []
    finally:
        stage.close()
        await engine.dispose()


async def _published(dsn: str) -> int:
    connection = await asyncpg.connect(dsn)
    try:
        return await connection.fetchval("SELECT count(*) FROM outbox")
    finally:
        await connection.close()
