"""A service that publishes one event per transaction at a steady rate, whether or not the others keep up."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from typing import Any

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from benchmarks import broker
from benchmarks.ground import Place
from shared.database.engine import create_engine
from shared.events.payload import EventPayload
from shared.ids import new_id
from shared.messaging.log_identity import LogIdentity
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from shared.work import UnitOfWork

_CONNECTIONS = 16
#: When each event was committed.
MOMENTS = "SELECT key, pg_xact_commit_timestamp(xmin) FROM outbox"


async def run(place: Place, make: Callable[[int], EventPayload], events: int, per_second: float) -> None:
    """Publish so many, then go on relaying until cancelled."""
    wake, client = Wake(), broker.client(place.servers)
    engine = create_engine(place.dsn, application="source", pool_size=_CONNECTIONS)
    relay = Relay(
        service="source",
        dsn=place.dsn,
        broker=client,
        log=LogIdentity(client),
        wake=wake,
        options=broker.options(),
    )

    async def publish(number: int) -> None:
        async with UnitOfWork(engine, wake.set) as work:
            work.publish(make(number), version=1, journey_id=new_id())

    relaying = asyncio.ensure_future(relay.run(asyncio.Event()))
    try:
        await asyncio.gather(*(_connect(engine) for _ in range(_CONNECTIONS)))
        await _steadily(publish, events, per_second)
        await relaying
    finally:
        relaying.cancel()
        await client.close()
        await engine.dispose()


async def _connect(engine: AsyncEngine) -> None:
    """Open a connection before the clock starts, and hold it until all are open."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_sleep(0.5)"))


async def _steadily(publish: Callable[[int], Coroutine[Any, Any, None]], events: int, per_second: float) -> None:
    started, running = time.monotonic(), []
    for number in range(events):
        late = started + number / per_second - time.monotonic()
        if late > 0:
            await asyncio.sleep(late)
        running.append(asyncio.ensure_future(publish(number)))
    await asyncio.gather(*running)
