"""The product's consumer: inbox, state and outbox in one transaction per poll."""

import asyncio

from benchmarks import broker, sample
from benchmarks.consumers.sink import exporting
from benchmarks.contender import Contender
from benchmarks.ground import Place
from benchmarks.sample import Load
from shared.database.engine import create_engine
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.messaging.log_identity import LogIdentity
from shared.messaging.status import WorkerStatus
from shared.work import UnitOfWork


async def run(place: Place, _: Load, *, batch: int = 2000, traced: float | None = None) -> None:
    """Consume until cancelled; so many events a second are named in exported spans, none without a number."""
    client = broker.client(place.servers)
    engine = create_engine(place.dsn, application=sample.SERVICE)
    handler = BatchHandler(
        subscription=sample.SUBSCRIPTION, work=lambda: UnitOfWork(engine), options=broker.options(batch, traced)
    )
    consumer = Consumer(handler=handler, broker=client, log=LogIdentity(client), status=WorkerStatus())
    try:
        with exporting(on=traced is not None):
            await consumer.run(asyncio.Event())
    finally:
        await client.close()
        await engine.dispose()


CONTENDER = Contender(name="考证 kaozheng", run=run, events=20_000)
