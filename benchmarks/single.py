"""What most services write by hand: one event, one transaction, with the same effect as the product's consumer."""

import asyncio
import os

import asyncpg
from aiokafka import AIOKafkaConsumer, ConsumerRecord

from benchmarks import broker, consumer, sample
from benchmarks.ground import Place
from benchmarks.stopwatch import Figures, Stopwatch
from shared.events import registry
from shared.events.grading import ResultPublishedV1
from shared.ids import new_id
from shared.messaging.broker import Partition, Record
from shared.messaging.envelope import from_record

_REMEMBER = """
    INSERT INTO inbox (consumer, event_id, topic, key, version, log_identity, partition, log_offset)
    VALUES ($1, $2, $3, $4, $5, 'log', $6, $7) ON CONFLICT DO NOTHING RETURNING event_id
"""
_KEEP = """
    INSERT INTO kept_result (application_id, outcome, total, version) VALUES ($1, $2, $3, $4)
        ON CONFLICT (application_id)
        DO UPDATE SET outcome = excluded.outcome, total = excluded.total, version = excluded.version
"""
_PUBLISH = """
    INSERT INTO outbox (event_id, topic, key, type, version, journey_id, causation_id, traceparent, payload)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
"""


async def measure(place: Place, events: int) -> Figures:
    """Handle the events one by one on one connection, with prepared statements; then check the effect."""
    client = broker.client(place.servers)
    records = await consumer.publish(place.servers, client, events)
    await client.close()
    connection = await asyncpg.connect(place.dsn)
    reader = AIOKafkaConsumer(
        sample.TOPIC,
        bootstrap_servers=place.servers,
        group_id="single",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=2000,
    )
    await reader.start()
    try:
        while not reader.assignment():  # noqa: ASYNC110  # the client tells nobody
            await asyncio.sleep(0.01)
        watch = Stopwatch({"python": os.getpid(), "postgres": place.postgres_pid, "broker": place.broker_pid})
        for _ in range(records):
            await handle(connection, await reader.getone())
        figures = watch.stop(records)
        await consumer.check(connection, events)
        return figures
    finally:
        await reader.stop()
        await connection.close()


async def handle(connection: asyncpg.Connection, message: ConsumerRecord) -> None:
    """Apply one event: inbox, state, outbox, commit."""
    place = Partition(message.topic, message.partition)
    seen = from_record(Record(place, message.offset, message.key, message.value, message.headers))
    result = registry.decode(seen.type, message.value)
    assert isinstance(result, ResultPublishedV1)
    origin = (seen.key, seen.version, place.number, message.offset)
    async with connection.transaction():
        if not await connection.fetchval(_REMEMBER, sample.SERVICE, seen.event_id, place.topic, *origin):
            return
        await connection.execute(_KEEP, result.application_id, result.outcome, result.total, seen.version)
        answer = sample.answer(result)
        await connection.execute(
            _PUBLISH,
            new_id(),
            answer.topic,
            answer.key,
            answer.event_type,
            seen.version,
            seen.journey_id,
            seen.event_id,
            seen.traceparent,
            registry.encode(answer),
        )
