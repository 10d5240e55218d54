"""txoutbox 0.2: leases rows, publishes the keys of a round side by side and each key in order, marks what was sent."""

import json
from collections.abc import Sequence
from datetime import timedelta
from functools import partial
from typing import Any

import asyncpg
from txoutbox import OutboxMessage, Relay, RelayConfig
from txoutbox.adapters.postgres import PostgresStorage

from benchmarks import sample
from benchmarks.contender import RelayContender
from benchmarks.ground import Place
from benchmarks.relays import bare, headers
from benchmarks.sample import Load, Sample

_TABLE, _CHANNEL = "peer_outbox", "peer_wake"
_COLUMNS = ("topic", "key", "payload", "headers")
_SHORT = {"lease": timedelta(seconds=6)}


async def run(place: Place, load: Load, options: dict[str, Any]) -> None:
    """Relay until cancelled, with the publisher that its manual shows."""
    producer = await bare.new_producer(place.servers)
    pool = await asyncpg.create_pool(place.dsn)
    storage = PostgresStorage(pool, table=_TABLE, notify_channel=_CHANNEL)

    async def publish(message: OutboxMessage) -> None:
        key = message.key.encode() if message.key else None
        await producer.send_and_wait(message.topic, message.payload, key=key, headers=headers.encoded(message.headers))

    relay = Relay(storage, publish, config=RelayConfig(**options | (_SHORT if load.short_lease else {})))
    listener = await storage.listen(relay.wake)
    try:
        await relay.run()
    finally:
        await listener.close()
        await producer.stop()
        await pool.close()


def schema() -> list[str]:
    """Return its table and indexes; who writes sends the notification, so no trigger fires per row."""
    return [PostgresStorage(None, table=_TABLE).schema_sql()]


async def fill(connection: asyncpg.Connection, samples: Sequence[Sample]) -> None:
    """Write the rows in one transaction and wake the relay."""
    rows = [(sample.TOPIC, one.envelope.key, one.payload, json.dumps(headers.of(one))) for one in samples]
    async with connection.transaction():
        await connection.copy_records_to_table(_TABLE, records=rows, columns=_COLUMNS)
        await connection.execute(f"NOTIFY {_CHANNEL}")


def _contender(name: str, events: int, note: str, **options: Any) -> RelayContender:
    return RelayContender(
        name=name,
        run=partial(run, options=options),
        schema=schema(),
        events=events,
        fill=fill,
        left=f"SELECT count(*) FROM {_TABLE} WHERE status = 'pending'",
        note=note,
        once="tuned" not in name,
    )


CONTENDERS = (
    _contender("txoutbox tuned", 20_000, "batch_size=1000, concurrency=1000", batch_size=1000, concurrency=1000),
    _contender("txoutbox default", 4_000, "batch_size=50, concurrency=10"),
)
