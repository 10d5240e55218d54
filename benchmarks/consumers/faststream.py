"""FastStream 0.7: its batch and its single subscriber with NACK_ON_ERROR and an inbox written by hand."""

from functools import partial
from typing import Any

import asyncpg
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.annotations import KafkaMessage

from benchmarks import sample
from benchmarks.consumers import by_hand
from benchmarks.contender import Contender
from benchmarks.ground import Place
from benchmarks.sample import Load

_GROUP: dict[str, Any] = {
    "group_id": "peer",
    "auto_offset_reset": "earliest",
    "ack_policy": AckPolicy.NACK_ON_ERROR,
    "session_timeout_ms": 6000,
    "heartbeat_interval_ms": 2000,
}


async def run(place: Place, _: Load, options: dict[str, Any]) -> None:
    """Consume until cancelled; the broker's acknowledgement follows the database's commit."""
    connection = await asyncpg.connect(place.dsn)
    broker = KafkaBroker(place.servers, logger=None)

    async def handle(message: KafkaMessage) -> None:
        raw = message.raw_message
        records = raw if isinstance(raw, tuple) else (raw,)
        await by_hand.handle(connection, [by_hand.Seen.of(record) for record in records])

    broker.subscriber(sample.TOPIC, **_GROUP, **options)(handle)
    try:
        async with broker:
            await broker.start()
            await sample.forever()
    finally:
        await connection.close()


CONTENDERS = (
    Contender(
        name="FastStream batch",
        run=partial(run, options={"batch": True, "max_records": 2000}),
        events=20_000,
        note="max_records=2000; inbox, state and outbox by hand, each one statement per batch",
    ),
    Contender(
        name="FastStream single",
        run=partial(run, options={}),
        events=1_000,
        note="一事件一事务 one transaction and one commit per event",
        once=True,
    ),
)
