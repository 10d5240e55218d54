"""The ground of a run: the product's own PostgreSQL with its durable settings, and a broker for each run."""

import asyncio
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import asyncpg
import psutil

from kaozheng.embedded import ports, postgres
from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.postgres import EmbeddedPostgres
from kaozheng.launcher import components, locks
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State
from shared.ids import new_id
from tests.worlds import stack

#: What the driver calls itself, so that its own questions are not counted.
DRIVER = "benchmark"

#: Read-only additions: who said what in the log (nothing is logged unless asked for), and when a row was committed.
_SETTINGS = ("log_line_prefix = '%d|%a|'", "track_commit_timestamp = on")


@dataclass(frozen=True)
class Place:
    """What a measured process is given: a fresh database, a fresh broker, and whose CPU time counts."""

    dsn: str
    servers: str
    postgres_pid: int
    broker_pid: int
    #: Where the server writes what it is asked to log.
    log: Path

    async def connect(self) -> asyncpg.Connection:
        """Return the driver's own connection."""
        return await asyncpg.connect(self.dsn, server_settings={"application_name": DRIVER})


@dataclass(frozen=True)
class Ground:
    """A server that makes places."""

    state: State
    server: EmbeddedPostgres
    process: psutil.Process

    @contextmanager
    def place(self, schema: Sequence[str] = ()) -> Iterator[Place]:
        """Make a database with a schema and start a broker; both go afterwards."""
        broker = EmbeddedBroker(home=self.state.broker_home, port=ports.free_port(), log=self.state.log("broker"))
        process = broker.start()
        try:
            with self.database(schema) as dsn:
                yield Place(dsn, broker.bootstrap_servers, self.process.pid, process.pid, self.server.log)
        finally:
            process.kill()
            process.wait()

    @contextmanager
    def database(self, schema: Sequence[str]) -> Iterator[str]:
        """Make a database with a schema and give the superuser's URL; it goes afterwards."""
        name = f"bench_{new_id().hex}"
        asyncio.run(_run(self.server.dsn(), f'CREATE DATABASE "{name}"'))
        asyncio.run(_run(self.server.dsn(name), *schema))
        try:
            yield self.server.dsn(name)
        finally:
            asyncio.run(_run(self.server.dsn(), f'DROP DATABASE "{name}" WITH (FORCE)'))


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
        server = replace(components.postgres_of(state, ports.free_port()), password=stack.PASSWORD)
        process = server.start()
        try:
            asyncio.run(_run(server.dsn(), *(f"ALTER SYSTEM SET {setting}" for setting in _SETTINGS)))
            postgres.stop(process)
            process = server.start()
            yield Ground(state, server, process)
        finally:
            postgres.stop(process)
            state.remove_data()


async def _run(dsn: str, *statements: str) -> None:
    connection = await asyncpg.connect(dsn, server_settings={"application_name": DRIVER})
    try:
        for statement in statements:
            await connection.execute(statement)
    finally:
        await connection.close()
