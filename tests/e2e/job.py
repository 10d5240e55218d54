"""The main job on a stack of its own, for tests that look at everything it left behind."""

import asyncio
import csv
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from rich.console import Console
from rich.progress import Progress

from kaozheng.demo.party import Patience
from kaozheng.demo.run import After, play
from kaozheng.demo.stage import Demo
from kaozheng.embedded.ports import LOOPBACK
from kaozheng.launcher import status as measured
from kaozheng.launcher.control import Control
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.secrets import Secrets, SecretStore
from kaozheng.launcher.session import session
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import Record, State
from tests.containers.servers import Servers, running
from tests.worlds.brokers import DOCKER

EVENT_SERVICES = ("registration", "exam", "grading", "certificate")


@dataclass(frozen=True)
class Job:
    """A stack and what ran on it."""

    stack: RunningStack
    state: State
    folder: Path
    #: What it runs on if that is not its own.
    servers: Servers | None = None

    @property
    def bootstrap_servers(self) -> str:
        """Where the broker's nodes answer."""
        if self.servers:
            return self.servers.kafka.bootstrap_servers
        ports = self.record().ports
        return ",".join(f"{LOOPBACK}:{ports[name]}" for name in LauncherSettings().broker_nodes)

    def record(self) -> Record:
        """Return what runs now."""
        return self.state.read()

    async def rows(self, service: str, sql: str) -> list[Any]:
        """Run a query on a service's database as its owner."""
        connection = await self.connect(service)
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()

    async def connect(self, service: str) -> asyncpg.Connection:
        """Connect to a service's database as its owner."""
        return await self._session(f"kz_{service}_owner", self._secrets.owner_passwords[service], f"kz_{service}")

    async def cut(self, service: str, client_ports: list[int]) -> None:
        """End the sessions on a service's database that come from these ports, as a failing server would."""
        admin = await self._session("postgres", self._secrets.superuser_password, "postgres")
        try:
            await admin.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND client_port = ANY ($2)",
                f"kz_{service}",
                client_ports,
            )
        finally:
            await admin.close()

    async def _session(self, role: str, password: str, database: str) -> asyncpg.Connection:
        if self.servers:
            return await asyncpg.connect(self.servers.postgres.dsn(database, role, password))
        port = self.record().ports["postgres"]
        return await asyncpg.connect(f"postgresql://{role}:{password}@{LOOPBACK}:{port}/{database}")

    @property
    def _secrets(self) -> Secrets:
        return self.servers.secrets if self.servers else SecretStore(self.state.secrets).load()

    def unwell(self) -> list[str]:
        """Return the parts of the stack that do not run or do not answer, each with the reason."""
        rows = measured.rows(self.state, LauncherSettings())
        return [f"{row.name}: {row.health}" for row in rows if not row.is_healthy]

    async def play(
        self, candidates: int, seed: int, after: After | None = None, *, patience: Patience | None = None
    ) -> Demo:
        """Run the main job and return what was seen."""
        progress = Progress(console=Console(quiet=True))
        demo = Demo(
            candidates=candidates,
            seed=seed,
            stack=self.stack,
            folder=self.folder,
            progress=progress,
            patience=patience or Patience(),
        )
        await play(demo, after)
        return demo

    def run(self, candidates: int, seed: int, after: After | None = None) -> Demo:
        """Run the main job from outside a loop."""
        return asyncio.run(self.play(candidates, seed, after))


@contextmanager
def job(folder: Path) -> Iterator[Job]:
    """Start a stack in a folder of its own; stop it in any case."""
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as open_now:
        servers = open_now.enter_context(running(folder)) if DOCKER else None
        if servers:
            environment = open_now.enter_context(pytest.MonkeyPatch.context())
            for name, value in servers.environment.items():
                environment.setenv(name, value)
        settings = LauncherSettings(state_dir=folder / "state")
        stack = open_now.enter_context(session(settings, lambda _: None))
        yield Job(stack, Control(settings, lambda _: None).state, folder, servers)


def people(batch: Path) -> list[dict[str, str]]:
    """Return the rows of a batch file."""
    with batch.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))
