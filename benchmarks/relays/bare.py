"""The limit of a relay: a bare `create_batch`/`send_batch` loop that sends records that lie ready in memory."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

import asyncpg
from aiokafka import AIOKafkaProducer

from benchmarks import broker, sample
from benchmarks.contender import RelayContender
from benchmarks.ground import Place
from benchmarks.relays.ours import CHANNEL
from benchmarks.sample import Load, Sample
from shared.messaging.broker import Outgoing


async def run(place: Place, load: Load) -> None:
    """Have the records of warm-up and load ready, send each when told to."""
    loads = [broker.by_partition(broker.records(sample.results(one), "log")) for one in (sample.WARM_UP, load)]
    told: asyncio.Queue[None] = asyncio.Queue()
    listener = await asyncpg.connect(place.dsn)
    producer = await new_producer(place.servers)
    await listener.add_listener(CHANNEL, lambda *_: told.put_nowait(None))
    if await listener.fetchval("SELECT count(*) FROM told"):  # told before it could listen
        told.put_nowait(None)
    try:
        for ready in loads:
            await told.get()
            await send(producer, ready)
            await listener.execute("DELETE FROM told")
        await asyncio.Event().wait()
    finally:
        await listener.close()
        await producer.stop()


async def new_producer(servers: str) -> AIOKafkaProducer:
    """Return a started producer with large batches."""
    producer = AIOKafkaProducer(bootstrap_servers=servers, acks="all", max_batch_size=1_000_000, linger_ms=0)
    await producer.start()
    await producer.partitions_for(sample.TOPIC)
    return producer


async def send(producer: AIOKafkaProducer, ready: Mapping[int, Sequence[Outgoing]]) -> None:
    """Send every partition's records in full batches, all partitions at once; return when all are acknowledged."""
    async with asyncio.TaskGroup() as group:
        for number, records in ready.items():
            group.create_task(_send(producer, number, records))


async def _send(producer: AIOKafkaProducer, number: int, records: Sequence[Outgoing]) -> None:
    acknowledgements = []
    batch: Any = producer.create_batch()
    for record in records:
        fields = {"timestamp": None, "key": record.key, "value": record.value, "headers": record.headers}
        if batch.append(**fields) is None:
            acknowledgements.append(await producer.send_batch(batch, sample.TOPIC, partition=number))
            batch = producer.create_batch()
            batch.append(**fields)
    if batch.record_count():
        acknowledgements.append(await producer.send_batch(batch, sample.TOPIC, partition=number))
    await asyncio.gather(*acknowledgements)


async def fill(connection: asyncpg.Connection, samples: Sequence[Sample]) -> None:
    """Say that it is time."""
    async with connection.transaction():
        await connection.execute("INSERT INTO told VALUES ($1)", len(samples))
        await connection.execute(f"NOTIFY {CHANNEL}")


CONTENDER = RelayContender(
    name="bare send_batch",
    run=run,
    schema=("CREATE TABLE told (events bigint)",),
    events=40_000,
    fill=fill,
    left="SELECT coalesce(sum(events), 0) FROM told",
    durable=False,
    note="记录已在内存、整批发送：上限。 Records lie ready in memory and go in full batches: the limit.",
)
