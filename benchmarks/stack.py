"""A whole stack of its own for a measurement, with what its processes and its databases tell about themselves."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import psutil
from rich.console import Console
from rich.progress import Progress

from benchmarks import questions
from benchmarks.child import peak_bytes
from benchmarks.contest import Tell
from benchmarks.ground import DRIVER
from benchmarks.statements import statements
from kaozheng.demo.party import PATIENCE_SECONDS, Patience
from kaozheng.demo.stage import Demo
from kaozheng.launcher import components
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.session import session
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

_PREFIX = "kz_"
PROCESSES = ("registration", "exam", "grading", "certificate", "operations", "postgres", "broker", "driver")


@dataclass(frozen=True)
class Stack:
    """A running stack, its state folder and who takes part."""

    running: RunningStack
    state: State
    pids: Mapping[str, int]
    log: Path

    async def connect(self, service: str | None = None) -> asyncpg.Connection:
        """Return the driver's own connection to a service's database."""
        server = components.postgres_of(self.state, self.state.read().ports["postgres"])
        dsn = server.dsn(f"{_PREFIX}{service}") if service else server.dsn()
        return await asyncpg.connect(dsn, server_settings={"application_name": DRIVER})

    async def wal(self) -> int:
        """Return how many bytes the write-ahead log of all databases has grown to."""
        connection = await self.connect()
        written = await questions.wal_bytes(connection)
        await connection.close()
        return written

    async def log_statements(self) -> None:
        """Let the server write down every statement, but no value."""
        connection = await self.connect()
        for setting in ("log_line_prefix = '%d|%a|'", "log_statement = 'all'"):
            await connection.execute(f"ALTER SYSTEM SET {setting}")
        await connection.execute("SELECT pg_reload_conf()")
        await connection.close()

    def statements(self, offset: int) -> list[str]:
        """Return the service of every statement since an offset in the log."""
        return [database.removeprefix(_PREFIX) for database in statements(self.log, offset)]

    def peaks(self) -> dict[str, int]:
        """Return the most memory that each process ever held; PostgreSQL without the processes of its sessions."""
        return {name: peak_bytes(pid) for name, pid in self.pids.items()}


@contextmanager
def stack(tell: Tell) -> Iterator[Stack]:
    """Start everything as `make up` does, in a folder of its own; stop it and remove its data afterwards."""
    settings = LauncherSettings()
    settings = settings.model_copy(update={"state_dir": settings.state_dir / "bench"})
    state = State(settings.state_dir)
    with session(settings, tell) as running:
        pids = {name: identity.pid for name, identity in state.read().processes.items()}
        yield Stack(running, state, pids | {"driver": psutil.Process().pid}, state.log("postgres"))


@contextmanager
def demo(stack: Stack, candidates: int, seed: int = 1) -> Iterator[Demo]:
    """Give the demo's parties on a stack, without its progress bars."""
    with Progress(console=Console(quiet=True)) as progress:
        folder = stack.state.folder
        # to seat, or to release, a million takes minutes
        patience = Patience(seconds=PATIENCE_SECONDS)
        yield Demo(
            candidates=candidates, seed=seed, stack=stack.running, folder=folder, progress=progress, patience=patience
        )
