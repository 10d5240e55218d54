"""faststream-outbox 0.19: leases rows, sends each through FastStream's Kafka publisher, deletes what was sent."""

import json
from collections.abc import Sequence
from functools import partial
from typing import Any

import asyncpg
from faststream.kafka import KafkaBroker, KafkaResponse
from faststream_outbox import OutboxBroker, make_outbox_table
from faststream_outbox.annotations import OutboxMessage
from faststream_outbox.message import OutboxMessage as Stored
from sqlalchemy import MetaData
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.asyncio import create_async_engine
from sqlalchemy.schema import CreateIndex, CreateTable, DDLElement

from benchmarks import sample
from benchmarks.contender import RelayContender
from benchmarks.ground import Place
from benchmarks.relays import headers
from benchmarks.sample import Load, Sample

_QUEUE = "results"
_TABLE = make_outbox_table(MetaData(), "peer_outbox")
_COLUMNS = ("queue", "payload", "headers")
_SHORT = {"lease_ttl_seconds": 6.0, "max_fetch_interval": 2.0}
_TUNED = {"fetch_batch_size": 100, "terminal_flush_batch_size": 100}


async def run(place: Place, load: Load, options: dict[str, Any]) -> None:
    """Relay until cancelled."""
    engine = create_async_engine(place.dsn.replace("postgresql://", "postgresql+asyncpg://", 1), pool_size=20)
    kafka = KafkaBroker(place.servers, acks="all", logger=None)
    outbox = OutboxBroker(engine, outbox_table=_TABLE, logger=None)
    publisher = kafka.publisher(sample.TOPIC)
    lease = _SHORT if load.short_lease else {}
    publisher(outbox.subscriber(_QUEUE, decoder=_as_stored, **options, **lease)(_pass_on))
    async with kafka, outbox:
        await sample.forever()
    await engine.dispose()


async def _as_stored(message: Stored) -> bytes:
    """Give the handler the bytes: a relay that parses what it passes on would be slower."""
    body: bytes = message.body
    return body


async def _pass_on(body: bytes, message: OutboxMessage) -> KafkaResponse:
    kept = dict(message.headers)
    return KafkaResponse(body, key=kept["ce_partitionkey"].encode(), headers=kept)


def schema() -> list[str]:
    """Return the statements that its table factory stands for."""
    dialect = postgresql.dialect()  # type: ignore[no-untyped-call]
    made: list[DDLElement] = [CreateTable(_TABLE), *(CreateIndex(index) for index in _TABLE.indexes)]
    return [str(one.compile(dialect=dialect)) for one in made]


async def fill(connection: asyncpg.Connection, samples: Sequence[Sample]) -> None:
    """Write the rows in one transaction, with the notification that its own publish would send."""
    rows = [
        (_QUEUE, one.payload, json.dumps(headers.of(one) | {"correlation_id": str(one.envelope.event_id)}))
        for one in samples
    ]
    async with connection.transaction():
        await connection.copy_records_to_table(_TABLE.name, records=rows, columns=_COLUMNS)
        await connection.execute("SELECT pg_notify($1, $2)", f"outbox_{_TABLE.name}", _QUEUE)


def _headers(one: Sample) -> dict[str, str]:
    return headers.of(one) | {"correlation_id": str(one.envelope.event_id)}


def _contender(name: str, events: int, note: str, **options: Any) -> RelayContender:
    return RelayContender(
        name=name,
        run=partial(run, options=options),
        schema=schema(),
        events=events,
        fill=fill,
        left=f"SELECT count(*) FROM {_TABLE.name}",
        note=note,
        once="tuned" not in name,
    )


CONTENDERS = (
    _contender(
        "faststream-outbox tuned",
        3_000,
        "terminal_flush_batch_size=100, fetch_batch_size=100, one worker",
        **_TUNED,
    ),
    _contender("faststream-outbox default", 1_000, "as installed, one worker"),
    _contender(
        "faststream-outbox 10 workers",
        4_000,
        "tuned, 10 workers: **不保序** no order per key, so a lesser guarantee",
        max_workers=10,
        **_TUNED,
    ),
)
