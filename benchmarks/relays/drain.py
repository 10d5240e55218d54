"""One run of a relay: it is up and warm, events are committed, and the clock runs until the broker has them all."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import asyncpg

from benchmarks import broker, sample
from benchmarks.child import Child
from benchmarks.contender import RelayContender
from benchmarks.ground import Place
from benchmarks.questions import reach, wal_bytes
from benchmarks.sample import WARM_UP, Load, Sample
from benchmarks.statements import StatementLog
from benchmarks.stopwatch import Figures, Stopwatch


@dataclass
class Drain:
    """A relay at work and its database."""

    contender: RelayContender
    place: Place
    load: Load
    connection: asyncpg.Connection
    #: Where to write the profile, if there is to be one.
    profile: Path | None = None
    child: Child = field(init=False)

    def start(self) -> None:
        """Start the relay in a process of its own."""
        self.child = Child(partial(self.contender.run, self.place, self.load), profile=self.profile)

    async def fill(self, events: Sequence[Sample]) -> None:
        """Commit events."""
        await self.contender.fill(self.connection, events)

    async def until_left(self, events: int) -> None:
        """Return when no more than so many events are still to be noted as sent. Raises ContenderFailed."""
        await reach(-events, self._noted, self.child)

    async def _noted(self) -> int:
        return -int(await self.connection.fetchval(self.contender.left))


@asynccontextmanager
async def drain(
    contender: RelayContender, place: Place, load: Load, profile: Path | None = None
) -> AsyncIterator[Drain]:
    """Lay everything out and start the relay; it is stopped at the end."""
    await broker.create_topics(place.servers)
    run = Drain(contender, place, load, await place.connect(), profile)
    run.start()
    try:
        yield run
    finally:
        run.child.stop()
        await run.connection.close()


async def measure(
    contender: RelayContender, place: Place, load: Load, *, counted: bool = False, profile: Path | None = None
) -> Figures:
    """Return what it took to drain the load; `counted` with its SQL statements. Raises ContenderFailed."""
    log = StatementLog(place)
    if counted:
        await log.open()
    async with drain(contender, place, load, profile) as run:
        await run.fill(sample.results(WARM_UP))
        await run.until_left(0)
        log.mark()
        events = sample.results(load)
        before = await wal_bytes(run.connection)
        await run.fill(events)
        filled = await wal_bytes(run.connection)
        watch = Stopwatch({"python": run.child.pid, "postgres": place.postgres_pid, "broker": place.broker_pid})
        await run.until_left(0)
        figures = watch.stop(load.events)
        sent = await wal_bytes(run.connection)
    counts = {"outbox": filled - before, "wal": sent - filled, "rss": run.child.peak}
    return figures.plus(**counts, **({"statements": log.count()} if counted else {}))
