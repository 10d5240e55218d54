"""The real consumer: inbox, state and outbox in one transaction per batch, and what that costs."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import asyncpg
from aiokafka import AIOKafkaProducer
from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import bare, broker, sample
from benchmarks.ground import Place
from benchmarks.questions import until, wal_bytes
from benchmarks.sink import exporting
from benchmarks.stopwatch import Figures, Stopwatch
from shared.database.engine import create_engine
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.messaging.kafka import KafkaBroker
from shared.messaging.log_identity import LogIdentity
from shared.messaging.status import WorkerStatus
from shared.work import UnitOfWork

#: One record in so many comes twice, as after a repeated send.
DUPLICATED = 20
_OPENED = f"SELECT count(*) >= {sample.PARTITIONS} FROM inbox_offset"


@dataclass(frozen=True)
class Load:
    """How much, in which batches, and how many events a second are named in exported spans; none: no spans at all."""

    events: int
    batch: int = 2000
    traced: float | None = None


@dataclass
class _Tally:
    statements: int = 0
    batches: int = 0

    async def reached(self, name: str) -> None:
        """Count transactions."""
        self.batches += name == "consumer.committed"


async def publish(servers: str, client: KafkaBroker, events: int) -> int:
    """Put the events and their repetitions on the broker; return how many records that are."""
    await client.create_topics()
    identity = await LogIdentity(client).fresh(0)
    records = broker.records(sample.results(events), identity)
    records += records[::DUPLICATED]
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", max_batch_size=1_000_000, linger_ms=0)
    await producer.start()
    try:
        await bare.send(producer, broker.by_partition(records))
    finally:
        await producer.stop()
    return len(records)


async def measure(place: Place, load: Load) -> Figures:
    """Time from the moment the positions are open until the last record is handled; then check the effect."""
    client = broker.client(place.servers)
    engine = create_engine(place.dsn, application=sample.SERVICE)
    connection = await asyncpg.connect(place.dsn)
    records = await publish(place.servers, client, load.events)
    tally, stop = _Tally(), asyncio.Event()
    handler = BatchHandler(
        subscription=sample.SUBSCRIPTION,
        work=lambda: UnitOfWork(engine),
        options=broker.options(load.batch, load.traced),
        reached=tally.reached,
    )
    consumer = Consumer(handler=handler, broker=client, log=LogIdentity(client), status=WorkerStatus())
    watched = {"python": os.getpid(), "postgres": place.postgres_pid, "broker": place.broker_pid}
    try:
        with exporting(on=load.traced is not None) as flush:
            async with asyncio.TaskGroup() as group:
                group.create_task(consumer.run(stop))
                await until(connection, _OPENED)
                with _counting(engine, tally):
                    before = await wal_bytes(connection)
                    watch = Stopwatch(watched)
                    await until(connection, f"SELECT sum(next_offset) >= {records} FROM inbox_offset")
                    flush()
                    counts = {"wal": await wal_bytes(connection) - before}
                    figures = watch.stop(records, counts | {"batches": tally.batches, "statements": tally.statements})
                stop.set()
        await check(connection, load.events)
        return figures
    finally:
        await connection.close()
        await client.close()
        await engine.dispose()


async def check(connection: asyncpg.Connection, events: int) -> None:
    """Say loudly when an event had no effect or two."""
    for table in ("inbox", "outbox"):
        found = await connection.fetchval(f"SELECT count(*) FROM {table}")
        assert found == events, f"{table}: {found} instead of {events}"


@contextmanager
def _counting(engine: AsyncEngine, tally: _Tally) -> Iterator[None]:
    def note(*_: object) -> None:
        tally.statements += 1

    event.listen(engine.sync_engine, "before_cursor_execute", note)
    yield
    event.remove(engine.sync_engine, "before_cursor_execute", note)
