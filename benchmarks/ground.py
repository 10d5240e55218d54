"""The ground of a run: the product's own PostgreSQL with its durable settings, and a broker for each run."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg
import psutil

from benchmarks import sample
from kaozheng.embedded import ports, postgres
from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.launcher import components, locks
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State
from shared.ids import new_id


@dataclass(frozen=True)
class Place:
    """What a measured process is given: a fresh database, a fresh broker, and whose CPU time counts."""

    dsn: str
    servers: str
    postgres_pid: int
    broker_pid: int


@dataclass(frozen=True)
class Ground:
    """A server that makes places."""

    state: State
    dsn: str
    process: psutil.Process

    @contextmanager
    def place(self) -> Iterator[Place]:
        """Make a database and start a broker; both go afterwards."""
        database = f"bench_{new_id().hex}"
        asyncio.run(_create(self.dsn, database))
        broker = EmbeddedBroker(home=self.state.broker_home, port=ports.free_port(), log=self.state.log("broker"))
        process = broker.start()
        try:
            dsn = f"{self.dsn.rpartition('/')[0]}/{database}"
            yield Place(dsn, broker.bootstrap_servers, self.process.pid, process.pid)
        finally:
            process.kill()
            process.wait()
            asyncio.run(_drop(self.dsn, database))


@contextmanager
def ground() -> Iterator[Ground]:
    """Start a PostgreSQL server as `make up` does; stop it and remove its data afterwards. Raises Busy."""
    state = State(LauncherSettings().state_dir / "bench")
    state.prepare()
    with locks.held(state.session_lock):
        left = components.postgres_of(state).running()  # of a run that was killed
        if left:
            postgres.stop(left)
        state.remove_data()
        state.prepare()
        server = components.postgres_of(state, ports.free_port())
        process = server.start()
        try:
            yield Ground(state, server.dsn(), process)
        finally:
            postgres.stop(process)
            state.remove_data()


async def _create(dsn: str, database: str) -> None:
    await _run(dsn, f'CREATE DATABASE "{database}"')
    await _run(f"{dsn.rpartition('/')[0]}/{database}", *sample.schema())


async def _drop(dsn: str, database: str) -> None:
    await _run(dsn, f'DROP DATABASE "{database}" WITH (FORCE)')


async def _run(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn)
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
