"""The limit of the relay: a bare `create_batch`/`send_batch` loop that sends records that lie ready in memory."""

import asyncio
import os
from collections.abc import Mapping, Sequence
from typing import Any

from aiokafka import AIOKafkaProducer

from benchmarks import broker, sample
from benchmarks.ground import Place
from benchmarks.stopwatch import Figures, Stopwatch
from shared.messaging.broker import Outgoing
from shared.messaging.log_identity import LogIdentity


async def measure(place: Place, events: int) -> Figures:
    """Send so many events as fast as the client can."""
    client = broker.client(place.servers)
    await client.create_topics()
    identity = await LogIdentity(client).fresh(0)
    await client.close()
    ready = broker.by_partition(broker.records(sample.results(events), identity))
    watched = {"python": os.getpid(), "broker": place.broker_pid, "postgres": place.postgres_pid}
    producer = AIOKafkaProducer(bootstrap_servers=place.servers, acks="all", max_batch_size=1_000_000, linger_ms=0)
    await producer.start()
    try:
        await producer.partitions_for(sample.TOPIC)
        watch = Stopwatch(watched)
        await send(producer, ready)
        return watch.stop(events)
    finally:
        await producer.stop()


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
