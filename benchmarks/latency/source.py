"""A service that publishes in small transactions at a steady rate, whether or not the others keep up."""

import asyncio
import time
from collections.abc import Callable, Coroutine
from dataclasses import dataclass
from typing import Any

import asyncpg
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

_CONNECTIONS, _GO = 16, "go"
#: Events of one transaction, as of one small bulk request.
TOGETHER = 5
#: When each event was committed.
MOMENTS = "SELECT key, pg_xact_commit_timestamp(xmin) FROM outbox"


@dataclass(frozen=True)
class Rate:
    """How many events a second, after some that only warm everything up."""

    per_second: float
    events: int
    first: int = 50


async def go(connection: asyncpg.Connection) -> None:
    """Tell a source that what it published first has got through."""
    await connection.execute(f"NOTIFY {_GO}")


async def run(place: Place, make: Callable[[int], EventPayload], rate: Rate) -> None:
    """Publish the first ones, the others when told to, and go on relaying until cancelled."""
    told, listener = asyncio.Event(), await asyncpg.connect(place.dsn)
    await listener.add_listener(_GO, lambda *_: told.set())
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

    async def publish(numbers: range) -> None:
        async with UnitOfWork(engine, wake.set) as work:
            for number in numbers:
                work.publish(make(number), version=1, journey_id=new_id())

    relaying = asyncio.ensure_future(relay.run(asyncio.Event()))
    try:
        await asyncio.gather(*(_connect(engine) for _ in range(_CONNECTIONS)))
        await _steadily(publish, range(rate.first), rate.per_second)
        await told.wait()
        await _steadily(publish, range(rate.first, rate.first + rate.events), rate.per_second)
        await relaying
    finally:
        await listener.close()
        relaying.cancel()
        await client.close()
        await engine.dispose()


async def _connect(engine: AsyncEngine) -> None:
    """Open a connection before the clock starts, and hold it until all are open."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT pg_sleep(0.5)"))


async def _steadily(publish: Callable[[range], Coroutine[Any, Any, None]], numbers: range, per_second: float) -> None:
    started, running = time.monotonic(), []
    for some in (numbers[start : start + TOGETHER] for start in range(0, len(numbers), TOGETHER)):
        early = started + (some.start - numbers.start) / per_second - time.monotonic()
        if early > 0:
            await asyncio.sleep(early)
        running.append(asyncio.ensure_future(publish(some)))
    await asyncio.gather(*running)
