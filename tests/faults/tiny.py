"""A made-up service for the fault tests: it counts per key, publishes that, and writes down what it is told."""

import asyncio
import random
from collections import Counter
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime
from uuid import UUID

import asyncpg
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from shared.database import clock, messaging_tables
from shared.events.exam import CandidateAbsentV1, CandidateCheckedInV1
from shared.events.received import Received
from shared.ids import new_id
from shared.inbox.subscription import Subscription
from shared.messaging.options import MessagingOptions
from shared.messaging.partitioning import partition_of
from shared.work import UnitOfWork, WorkFactory

TOPIC = "exam.sittings"
PARTITIONS = 4
_MOMENT = datetime(2026, 11, 22, tzinfo=UTC)
#: Between two events of one writer, in seconds.
_PACE = 0.01

#: Short times, so that faults are noticed within a test; what is mistaken for one on a slow machine heals as well.
QUICK = {
    "send_deadline": 5,
    "lead_retry": 0.1,
    "page_events": 50,
    "batch_records": 40,
    "poll_timeout": 0.1,
    "fetch_wait": 0.05,
    "session_timeout": 4,
    "heartbeat": 0.5,
    "drain": 1,
    "backoff_limit": 0.5,
    "stall": 20,
    "stall_rebuilds": 1000,
    "log_check": 0.1,
    "maintenance_interval": 0.2,
}

_TABLES = (
    "CREATE TABLE counter (key text PRIMARY KEY, version bigint NOT NULL)",
    "CREATE TABLE unrelated (id bigint GENERATED ALWAYS AS IDENTITY)",
    # No unique key: an effect that happens twice must show.
    "CREATE TABLE applied (ord bigint GENERATED ALWAYS AS IDENTITY, event_id uuid, key text, version bigint)",
    "CREATE TABLE poison (key text, version bigint)",
)

_COUNT = """
    INSERT INTO counter AS c (key, version) VALUES (:key, 1)
    ON CONFLICT (key) DO UPDATE SET version = c.version + 1 RETURNING version
"""

_APPLY = """
    INSERT INTO applied (event_id, key, version)
    SELECT * FROM unnest(CAST(:ids AS uuid[]), CAST(:keys AS text[]), CAST(:versions AS bigint[]))
"""

_POISONED = """
    SELECT 1 FROM poison
     WHERE (key, version) IN (SELECT * FROM unnest(CAST(:keys AS text[]), CAST(:versions AS bigint[])))
"""


class Poisoned(Exception):
    """The test told the handler to fail for this event."""


class Collected:
    def __init__(self) -> None:
        self.statements: list[str] = []

    def execute(self, statement: str) -> None:
        self.statements.append(statement)


async def create_tables(dsn: str) -> None:
    """Create what a migration of a service would create."""
    collected = Collected()
    clock.upgrade(collected)
    messaging_tables.upgrade(collected)
    connection = await asyncpg.connect(dsn)
    try:
        for statement in (*collected.statements, *_TABLES):
            await connection.execute(statement)
    finally:
        await connection.close()


def engine_of(dsn: str) -> AsyncEngine:
    """Return an engine that any number of short tasks may use."""
    return create_async_engine(dsn.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=20)


def options(**overrides: object) -> MessagingOptions:
    """Return quick options."""
    return MessagingOptions.model_validate(QUICK | overrides)


def key(number: int) -> UUID:
    """Return the key of a small number."""
    return UUID(int=(0x7 << 76) | (0x2 << 62) | number)


def _numbers_of(partitions: int) -> list[int]:
    """Return a number per partition, far from those of the tests, whose key goes there."""
    places = {partition_of(str(key(number)).encode(), partitions): number for number in range(90_000, 90_100)}
    return [places[partition] for partition in range(partitions)]


#: Keys that only `mark` uses.
MARKS = _numbers_of(PARTITIONS)


async def mark(work_factory: WorkFactory) -> None:
    """Send an event behind all others through each partition."""
    async with work_factory() as work:
        for number in MARKS:
            version = (await work.rows(_COUNT, {"key": str(key(number))}))[0][0]
            work.publish(_checked_in(number), version=version, journey_id=new_id())


async def publish(work_factory: WorkFactory, number: int, *, times: int = 1) -> None:
    """Raise a counter and publish it, several times in one transaction."""
    async with work_factory() as work:
        for _ in range(times):
            version = (await work.rows(_COUNT, {"key": str(key(number))}))[0][0]
            work.publish(_payload(number, version), version=version, journey_id=new_id())


async def publish_many(work_factory: WorkFactory, events: int, *, keys: int, seed: int = 1) -> None:
    """Publish from several writers at once, as different requests would."""
    chance = random.Random(seed)
    numbers = [chance.randrange(keys) for _ in range(events)]

    async def writer(mine: Sequence[int]) -> None:
        for number in mine:
            await publish(work_factory, number)

    async with asyncio.TaskGroup() as group:
        for start in range(8):
            group.create_task(writer(numbers[start::8]))


@asynccontextmanager
async def load(
    work_factory: WorkFactory, *, keys: int, seed: int = 1, despite: tuple[type[Exception], ...] = ()
) -> AsyncIterator[Counter[str]]:
    """Publish from several writers during the block, despite these errors; `events` counts what was published."""
    counted, calm = Counter[str](), asyncio.Event()

    async def writer(chance: random.Random) -> None:
        while not calm.is_set():
            with suppress(*despite):
                await publish(work_factory, chance.randrange(keys))
                counted["events"] += 1
            await asyncio.sleep(_PACE)

    writers = [asyncio.ensure_future(writer(random.Random(f"{seed}/{number}"))) for number in range(4)]
    try:
        yield counted
    finally:
        calm.set()
        await asyncio.gather(*writers)


def _payload(number: int, version: int) -> CandidateCheckedInV1 | CandidateAbsentV1:
    return _checked_in(number) if version % 3 else _absent(number)


def _checked_in(number: int) -> CandidateCheckedInV1:
    return CandidateCheckedInV1(
        application_id=key(number), plan_id=key(0), component="practical", checked_in_at=_MOMENT
    )


def _absent(number: int) -> CandidateAbsentV1:
    return CandidateAbsentV1(application_id=key(number), plan_id=key(0), component="interview", absent_at=_MOMENT)


async def write_down(work: UnitOfWork, events: Sequence[Received]) -> None:
    """Write down what arrived; fail if the test said so."""
    listed = {"keys": [event.key for event in events], "versions": [event.version for event in events]}
    if await work.rows(_POISONED, listed):
        raise Poisoned
    await work.execute(_APPLY, listed | {"ids": [event.event_id for event in events]})


def subscription(consumer: str = "tiny") -> Subscription:
    """Return the subscription of the made-up service."""
    return Subscription(consumer, {CandidateCheckedInV1: write_down, CandidateAbsentV1: write_down})


def work_factory(engine: AsyncEngine) -> WorkFactory:
    """Return how to open a transaction."""
    return lambda: UnitOfWork(engine)
