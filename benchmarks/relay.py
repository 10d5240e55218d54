"""The real relay: how fast it drains an outbox that was filled by one transaction."""

import asyncio
import os

import asyncpg

from benchmarks import broker, sample
from benchmarks.ground import Place
from benchmarks.questions import until, wal_bytes
from benchmarks.stopwatch import Figures, Stopwatch
from shared.messaging.log_identity import LogIdentity
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake

_COLUMNS = ("event_id", "topic", "key", "type", "version", "journey_id", "traceparent", "payload", "occurred_at")


async def measure(place: Place, events: int) -> Figures:
    """Let the relay lead over an empty outbox, commit the events, and time until its cursor is past the last."""
    client = broker.client(place.servers)
    await client.create_topics()
    wake, stop = Wake(), asyncio.Event()
    relay = Relay(
        service=sample.SERVICE,
        dsn=place.dsn,
        broker=client,
        log=LogIdentity(client),
        wake=wake,
        options=broker.options(),
    )
    watched = {"python": os.getpid(), "broker": place.broker_pid, "postgres": place.postgres_pid}
    connection = await asyncpg.connect(place.dsn)
    try:
        async with asyncio.TaskGroup() as group:
            group.create_task(relay.run(stop))
            await until(connection, "SELECT log_identity IS NOT NULL FROM outbox_cursor")
            wal_of_outbox = await _fill(connection, events)
            before = await wal_bytes(connection)
            wake.set()
            watch = Stopwatch(watched)
            await until(connection, f"SELECT seq >= {events} FROM outbox_cursor")
            figures = watch.stop(events, {"outbox": wal_of_outbox, "wal": await wal_bytes(connection) - before})
            stop.set()
        return figures
    finally:
        await connection.close()
        await client.close()


async def _fill(connection: asyncpg.Connection, events: int) -> int:
    """Write the events in one transaction; return the bytes of WAL that it took."""
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
        for one in sample.results(events)
    ]
    before = await wal_bytes(connection)
    async with connection.transaction():
        await connection.copy_records_to_table("outbox", records=rows, columns=_COLUMNS)
    return await wal_bytes(connection) - before
