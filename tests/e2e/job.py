"""The main job on a stack of its own, for tests that look at everything it left behind."""

import asyncio
import csv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import asyncpg
from rich.console import Console
from rich.progress import Progress

from kaozheng.demo.run import After, play
from kaozheng.demo.stage import Demo
from kaozheng.embedded.ports import LOOPBACK
from kaozheng.launcher.control import Control
from kaozheng.launcher.running import RunningStack
from kaozheng.launcher.secrets import SecretStore
from kaozheng.launcher.session import session
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import Record, State

EVENT_SERVICES = ("registration", "exam", "grading", "certificate")


@dataclass(frozen=True)
class Job:
    """A stack and what ran on it."""

    stack: RunningStack
    state: State
    folder: Path

    def record(self) -> Record:
        """Return what runs now."""
        return self.state.read()

    async def rows(self, service: str, sql: str) -> list[Any]:
        """Run a query on a service's database as its owner."""
        passwords = SecretStore(self.state.secrets).load().owner_passwords
        owner = f"kz_{service}_owner:{passwords[service]}"
        connection = await asyncpg.connect(
            f"postgresql://{owner}@{LOOPBACK}:{self.record().ports['postgres']}/kz_{service}"
        )
        try:
            return list(await connection.fetch(sql))
        finally:
            await connection.close()

    def run(self, candidates: int, seed: int, after: After | None = None) -> Demo:
        """Run the main job and return what was seen."""
        progress = Progress(console=Console(quiet=True))
        demo = Demo(candidates=candidates, seed=seed, stack=self.stack, folder=self.folder, progress=progress)
        asyncio.run(play(demo, after))
        return demo


@contextmanager
def job(folder: Path) -> Iterator[Job]:
    """Start a stack in a folder of its own; stop it in any case."""
    settings = LauncherSettings(state_dir=folder / "state")
    folder.mkdir(parents=True, exist_ok=True)
    with session(settings, lambda _: None) as stack:
        yield Job(stack, Control(settings, lambda _: None).state, folder)


def people(batch: Path) -> list[dict[str, str]]:
    """Return the rows of a batch file."""
    with batch.open(encoding="gb18030", newline="") as file:
        return list(csv.DictReader(file))
