"""What most services write by hand: aiokafka, one event, one transaction, one commit of the position per event."""

import asyncpg
from aiokafka import AIOKafkaConsumer

from benchmarks import sample
from benchmarks.consumers import by_hand
from benchmarks.contender import Contender
from benchmarks.ground import Place
from benchmarks.sample import Load


async def run(place: Place, _: Load) -> None:
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
        async for record in reader:
            await by_hand.handle(connection, [by_hand.Seen.of(record)])
            await reader.commit()
    finally:
        await reader.stop()
        await connection.close()


CONTENDER = Contender(
    name="aiokafka, one by one", run=run, events=1_000, note="一事件一事务 one transaction and one commit per event"
)
