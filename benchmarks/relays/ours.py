"""The product's relay. In production it shares a process with the API, which wakes it; here a NOTIFY does."""

import asyncio
from collections.abc import Sequence

import asyncpg

from benchmarks import broker, sample
from benchmarks.contender import RelayContender
from benchmarks.ground import Place
from benchmarks.sample import Load, Sample
from shared.messaging.log_identity import LogIdentity
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake

CHANNEL = "bench"
_COLUMNS = ("event_id", "topic", "key", "type", "version", "journey_id", "traceparent", "payload", "occurred_at")


async def run(place: Place, _: Load) -> None:
    """Lead and send until cancelled."""
    client = broker.client(place.servers)
    wake = Wake()
    listener = await asyncpg.connect(place.dsn)
    await listener.add_listener(CHANNEL, lambda *_: wake.set())
    relay = Relay(
        service=sample.SERVICE,
        dsn=place.dsn,
        broker=client,
        log=LogIdentity(client),
        wake=wake,
        options=broker.options(),
    )
    try:
        await relay.run(asyncio.Event())
    finally:
        await listener.close()
        await client.close()


async def fill(connection: asyncpg.Connection, samples: Sequence[Sample]) -> None:
    """Write the events in one transaction."""
    rows = [
        (
            one.envelope.event_id,
            sample.TOPIC,
            one.envelope.key,
            one.envelope.type,
            one.envelope.version,
            one.envelope.journey_id,
            one.envelope.traceparent,
            one.payload,
            one.envelope.occurred_at,
        )
        for one in samples
    ]
    async with connection.transaction():
        await connection.copy_records_to_table("outbox", records=rows, columns=_COLUMNS)
        await connection.execute(f"NOTIFY {CHANNEL}")


CONTENDER = RelayContender(
    name="考证 kaozheng",
    run=run,
    events=40_000,
    fill=fill,
    left="SELECT last_value - seq FROM outbox_seq_seq, outbox_cursor",
)
