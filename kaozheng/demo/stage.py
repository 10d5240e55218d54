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
    parties: dict[tuple[str, str | None], Party] = field(default_factory=dict)

    def party(self, service: str, role: str | None = None, *, subject: str | None = None) -> Party:
        """Return a caller of a service as staff in a role, or as the public."""
        token = self.stack.token(role, subject or f"{role}-1") if role else None
        return self.bearer(service, token)

    def bearer(self, service: str, token: str | None) -> Party:
        """Return a caller of a service with a given token; the same one again for the same token."""
        if (service, token) not in self.parties:
            self.parties[service, token] = Party(self.stack.url(service), token, self.latencies, self.patience)
        return self.parties[service, token]

    async def close(self) -> None:
        """Close all connections."""
        for party in self.parties.values():
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
    """Look again and again until something is there, each time after a sixteenth of the wait so far; give up loudly.

    To look is work as well: a service counts what it has.
    """
    started = time.monotonic()
    while (seen := await look()) is None:
        waited = time.monotonic() - started
        if waited > PATIENCE_SECONDS:
            raise DemoFailed(f"等待超时 / waited too long for: {what}. 请看 / see: make logs")
        await asyncio.sleep(min(max(waited / 16, 0.03), 5))
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
