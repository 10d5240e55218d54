"""What all stages of the demo share: the parties, the counts, the progress bars, and waiting for an event's effect."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from rich.progress import Progress

from kaozheng.demo.party import DemoFailed, Latencies, Party, Patience
from kaozheng.demo.tally import Tally

ResultT = TypeVar("ResultT")

#: Long enough for a million candidates' events on a slow machine; every wait says what it waits for.
PATIENCE_SECONDS = 900.0


class Stack(Protocol):
    """The running system: where each service answers, and how staff get tokens."""

    def url(self, service: str) -> str:
        """Return the base URL of a service."""
        ...

    def token(self, role: str, subject: str) -> str:
        """Return a staff token for a role."""
        ...


@dataclass
class Demo:
    """One run: how many candidates, with which seed, against which stack, and what was seen so far."""

    candidates: int
    seed: int
    stack: Stack
    folder: Path
    progress: Progress
    tally: Tally = field(default_factory=Tally)
    latencies: Latencies = field(default_factory=Latencies)
    patience: Patience = field(default_factory=Patience)
    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    parties: list[Party] = field(default_factory=list)

    def party(self, service: str, role: str | None = None, *, subject: str | None = None) -> Party:
        """Return a caller of a service as staff in a role, or as the public."""
        token = self.stack.token(role, subject or f"{role}-1") if role else None
        return self.bearer(service, token)

    def bearer(self, service: str, token: str | None) -> Party:
        """Return a caller of a service with a given token."""
        party = Party(self.stack.url(service), token, self.latencies, self.patience)
        self.parties.append(party)
        return party

    async def close(self) -> None:
        """Close all connections."""
        for party in self.parties:
            await party.close()


class Bar:
    """A progress bar of one stage."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=total or None)

    def advance(self, by: int = 1) -> None:
        """Move on."""
        self._progress.advance(self._task, by)

    def reach(self, done: int, total: int | None = None) -> None:
        """Show an absolute position."""
        self._progress.update(self._task, completed=done, total=total)


@asynccontextmanager
async def stage(demo: Demo, title: str, total: int) -> AsyncIterator[Bar]:
    """Time a stage and show its bar."""
    bar = Bar(demo.progress, title, total)
    started = time.perf_counter()
    yield bar
    demo.seconds[title] = time.perf_counter() - started
    bar.reach(total, total)


async def until(what: str, look: Callable[[], Awaitable[ResultT | None]]) -> ResultT:
    """Look again and again until something is there; give up loudly."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    pause = 0.02
    while (seen := await look()) is None:
        if time.monotonic() > deadline:
            raise DemoFailed(f"等待超时 / waited too long for: {what}. 请看 / see: make logs")
        await asyncio.sleep(pause)
        pause = min(pause * 1.5, 0.5)
    return seen


async def together(jobs: Iterable[Awaitable[ResultT]], at_once: int = 4) -> list[ResultT]:
    """Run jobs a few at a time, as several people or devices would, and return their results in order."""
    gate = asyncio.Semaphore(at_once)

    async def one(job: Awaitable[ResultT]) -> ResultT:
        async with gate:
            return await job

    try:
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(one(job)) for job in jobs]
    except ExceptionGroup as several:  # the first says enough
        raise several.exceptions[0] from several
    return [task.result() for task in tasks]
