"""Relay and consumer in the test's own process, on the memory broker, for faults that need no dead process."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.messaging import checkpoints
from shared.messaging.broker import Broker, Partition
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.options import MessagingOptions
from shared.messaging.status import WorkerStatus
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from tests.faults import tiny


@dataclass
class Rig:
    """What a test may swap."""

    dsn: str
    engine: AsyncEngine
    broker: Broker = field(default_factory=lambda: MemoryBroker(4))
    options: MessagingOptions = field(default_factory=tiny.options)
    status: WorkerStatus = field(default_factory=WorkerStatus)
    seconds: Callable[[], float] = time.monotonic

    def relay(self, reached: Checkpoint = checkpoints.passing) -> Relay:
        """Return a relay."""
        return Relay(
            service="tiny",
            dsn=self.dsn,
            broker=self.broker,
            log=LogIdentity(self.broker),
            wake=Wake(),
            options=self.options,
            reached=reached,
        )

    def consumer(self, reached: Checkpoint = checkpoints.passing) -> Consumer:
        """Return a consumer."""
        handler = BatchHandler(
            subscription=tiny.subscription(),
            work=tiny.work_factory(self.engine),
            options=self.options,
            reached=reached,
        )
        log = LogIdentity(self.broker)
        return Consumer(handler=handler, broker=self.broker, log=log, status=self.status, seconds=self.seconds)

    def sent(self, header: str) -> list[str]:
        """Return this header of every record in the memory broker, partition by partition."""
        assert isinstance(self.broker, MemoryBroker)
        places = [Partition(tiny.TOPIC, number) for number in range(self.broker.count(tiny.TOPIC))]
        return [dict(record.headers)[header].decode() for place in places for record in self.broker.log(place)]

    @asynccontextmanager
    async def running(self, reached: Checkpoint = checkpoints.passing) -> AsyncIterator[None]:
        """Run one of each during the block; `reached` is told of the relay's moments."""
        stop = asyncio.Event()
        async with asyncio.TaskGroup() as group:
            group.create_task(self.relay(reached).run(stop))
            group.create_task(self.consumer().run(stop))
            try:
                yield
            finally:
                stop.set()
