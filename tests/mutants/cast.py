"""Who plays in a check: the real parts, or a wrong one in the place of one of them."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncEngine

from shared.inbox import parking
from shared.inbox.batch import BatchHandler
from shared.inbox.consumer import Consumer
from shared.inbox.subscription import Subscription
from shared.messaging import checkpoints
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.status import WorkerStatus
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from shared.work import UnitOfWork, WorkFactory
from tests.faults import tiny


@dataclass(frozen=True)
class Cast:
    """The real parts unless told otherwise."""

    relay: type[Relay] = Relay
    wake: type[Wake] = Wake
    log: type[LogIdentity] = LogIdentity
    broker: type[MemoryBroker] = MemoryBroker
    handler: type[BatchHandler] = BatchHandler
    consumer: type[Consumer] = Consumer
    work: type[UnitOfWork] = UnitOfWork
    replay: Callable[..., Awaitable[Any]] = parking.replay

    @property
    def is_real(self) -> bool:
        """Say whether nobody is wrong."""
        return self == Cast()


class Scene:
    """A cast with a database and a broker of its own."""

    def __init__(self, cast: Cast, dsn: str, engine: AsyncEngine) -> None:
        """Take a fresh database."""
        self.cast = cast
        self.dsn = dsn
        self.engine = engine
        self.broker = cast.broker(4)
        self.options = tiny.options()
        self.subscription = tiny.subscription()
        self.status = WorkerStatus()

    @property
    def work(self) -> WorkFactory:
        """Return how to open a transaction."""
        return lambda: self.cast.work(self.engine)

    def relay(self, reached: Checkpoint = checkpoints.passing) -> Relay:
        """Return a relay."""
        return self.cast.relay(
            service="tiny",
            dsn=self.dsn,
            broker=self.broker,
            log=self.cast.log(self.broker),
            wake=self.cast.wake(),
            options=self.options,
            reached=reached,
        )

    def consumer(self, reached: Checkpoint = checkpoints.passing) -> Consumer:
        """Return a consumer."""
        handler = self.cast.handler(
            subscription=self.subscription, work=self.work, options=self.options, reached=reached
        )
        return self.cast.consumer(handler=handler, broker=self.broker, log=LogIdentity(self.broker), status=self.status)

    def failing(self, failure: Callable[[list[Any]], Exception | None]) -> None:
        """Let the handlers raise what `failure` returns for the events that they are given."""

        async def handle(work: UnitOfWork, events: Any) -> None:
            if error := failure(events):
                raise error
            await tiny.write_down(work, events)

        self.subscription = Subscription("tiny", dict.fromkeys(tiny.subscription().handlers, handle))

    @asynccontextmanager
    async def running(self, *, relays: int = 1, consumers: int = 1) -> AsyncIterator[None]:
        """Run so many of each during the block."""
        stop = asyncio.Event()
        parts = [self.relay() for _ in range(relays)] + [self.consumer() for _ in range(consumers)]
        tasks = [asyncio.ensure_future(part.run(stop)) for part in parts]
        try:
            yield
        finally:
            stop.set()
            done, late = await asyncio.wait(tasks, timeout=3)
            for task in late:  # a wrong one may not hear
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()
