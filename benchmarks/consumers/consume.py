"""One run of a consumer: it has its partitions and is held while records are laid out; then the clock runs."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

import asyncpg
from aiokafka import AIOKafkaProducer

from benchmarks import broker, sample
from benchmarks.child import Child, ContenderFailed
from benchmarks.contender import Contender
from benchmarks.ground import Place
from benchmarks.questions import reach, wal_bytes
from benchmarks.relays import bare
from benchmarks.sample import WARM_UP, Load, Sample
from benchmarks.statements import StatementLog
from benchmarks.stopwatch import Figures, Stopwatch

#: One record in so many comes twice, as after a repeated send.
REPEATED = 20

#: Numbers are given out once per event: cheap to ask for, and exact as long as no transaction fails.
_GIVEN_OUT = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM outbox_seq_seq"
DONE = "SELECT count(*) FROM outbox"


@dataclass
class Consumption:
    """A consumer at work, its database, and who fills its topic."""

    contender: Contender
    place: Place
    load: Load
    connection: asyncpg.Connection
    producer: AIOKafkaProducer
    identity: str
    #: Where to write the profile, if there is to be one.
    profile: Path | None = None
    child: Child = field(init=False)

    def start(self) -> None:
        """Start the consumer in a process of its own."""
        self.child = Child(partial(self.contender.run, self.place, self.load), profile=self.profile)

    async def publish(self, events: Sequence[Sample]) -> int:
        """Put events on the broker, some of them twice, and return how many records that are."""
        records = broker.records(events, self.identity)
        twice = [again for number, one in enumerate(records) for again in [one] * (1 + (number % REPEATED == 0))]
        await bare.send(self.producer, broker.by_partition(twice))
        return len(twice)

    async def until(self, events: int) -> None:
        """Return when so many events have had an effect. Raises ContenderFailed."""
        await reach(events, partial(self.connection.fetchval, _GIVEN_OUT), self.child)
        await reach(events, partial(self.connection.fetchval, DONE), self.child)

    async def check(self, events: int) -> None:
        """Raise ContenderFailed when an event had no effect or two."""
        for table in ("inbox", "outbox"):
            found = await self.connection.fetchval(f"SELECT count(*) FROM {table}")
            if found != events:
                raise ContenderFailed(f"{table}: {found} instead of {events}")


@asynccontextmanager
async def consumption(
    contender: Contender, place: Place, load: Load, profile: Path | None = None
) -> AsyncIterator[Consumption]:
    """Lay everything out and start the consumer; it is stopped at the end."""
    identity = await broker.identity(place.servers)
    producer = await bare.new_producer(place.servers)
    run = Consumption(contender, place, load, await place.connect(), producer, identity, profile)
    run.start()
    try:
        yield run
    finally:
        run.child.stop()
        await producer.stop()
        await run.connection.close()


async def measure(
    contender: Contender, place: Place, load: Load, *, counted: bool = False, profile: Path | None = None
) -> Figures:
    """Return what it took to apply the load; `counted` with its SQL statements. Raises ContenderFailed."""
    log = StatementLog(place)
    if counted:
        await log.open()
    async with consumption(contender, place, load, profile) as run:
        await run.publish(sample.results(WARM_UP))
        await run.until(WARM_UP.events)
        log.mark()
        before = await wal_bytes(run.connection)
        events = sample.results(load)
        run.child.hold()
        records = await run.publish(events)
        watch = Stopwatch({"python": run.child.pid, "postgres": place.postgres_pid, "broker": place.broker_pid})
        run.child.go()
        await run.until(WARM_UP.events + load.events)
        figures = watch.stop(records)
        wal = await wal_bytes(run.connection) - before
        await run.check(WARM_UP.events + load.events)
    counts = {"wal": wal, "rss": run.child.peak}
    return figures.plus(**counts, **({"statements": log.count()} if counted else {}))
