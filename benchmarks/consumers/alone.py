"""aiokafka and asyncpg with nothing between them: as most services do it, and as fast as the two can do it."""

from collections.abc import Awaitable, Callable
from functools import partial

import asyncpg
from aiokafka import AIOKafkaConsumer

from benchmarks import sample
from benchmarks.consumers import by_hand
from benchmarks.contender import Contender
from benchmarks.ground import Place
from benchmarks.sample import Load

#: As many events as ours takes into one transaction.
_BATCH = 2_000

_Consume = Callable[[AIOKafkaConsumer, asyncpg.Connection], Awaitable[None]]


async def run(place: Place, _: Load, consume: _Consume) -> None:
    """Consume until cancelled."""
    connection = await asyncpg.connect(place.dsn)
    reader = AIOKafkaConsumer(
        sample.TOPIC,
        bootstrap_servers=place.servers,
        group_id="peer",
        enable_auto_commit=False,
        auto_offset_reset="earliest",
        session_timeout_ms=6000,
        heartbeat_interval_ms=2000,
    )
    await reader.start()
    try:
        await consume(reader, connection)
    finally:
        await reader.stop()
        await connection.close()


async def one_by_one(reader: AIOKafkaConsumer, connection: asyncpg.Connection) -> None:
    """Give each event a transaction, and commit the position after it."""
    async for record in reader:
        await by_hand.handle(connection, [by_hand.Seen.of(record)])
        await reader.commit()


async def in_batches(reader: AIOKafkaConsumer, connection: asyncpg.Connection) -> None:
    """Give whatever is there one transaction, and commit the positions after it."""
    while True:
        found = await reader.getmany(timeout_ms=1_000, max_records=_BATCH)
        seen = [by_hand.Seen.of(record) for records in found.values() for record in records]
        if seen:
            await by_hand.handle(connection, seen)
            await reader.commit()


CONTENDERS = (
    Contender(
        name="aiokafka, one by one",
        run=partial(run, consume=one_by_one),
        events=1_000,
        note="一事件一事务 one transaction and one commit per event",
    ),
    Contender(
        name="bare aiokafka batch",
        run=partial(run, consume=in_batches),
        events=20_000,
        note="同样的保证、别无其他：上限。 The same inbox, state and outbox and nothing else around them: the limit.",
    ),
)
