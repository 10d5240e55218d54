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
from shared.messaging.broker import Partition
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.log_identity import LogIdentity
from shared.messaging.memory import MemoryBroker
from shared.messaging.status import WorkerStatus
from shared.outbox.relay import Relay
from shared.outbox.wake import Wake
from shared.work import UnitOfWork, WorkFactory
from tests.faults import tiny

#: A wrong part may not hear that it should stop; it is cancelled after so many seconds.
_HEARS = 3.0


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
        #: The relays that have read the outbox, by number.
        self.leading: set[int] = set()
        #: So many records at the beginning of each partition nobody gets to see.
        self.gone = 0

    def is_read(self) -> bool:
        """Say whether the consumers have come to the end of every partition."""
        ends = {Partition(tiny.TOPIC, number): 0 for number in range(tiny.PARTITIONS)}
        ends |= {place: len(self.broker.log(place)) for place in ends}
        reached = self.broker._groups[self.subscription.consumer].committed
        return all(reached.get(place, 0) >= end for place, end in ends.items() if end > self.gone)

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
        senders = [self.relay(self._noting(number)) for number in range(relays)]
        parts: list[Relay | Consumer] = [*senders, *(self.consumer() for _ in range(consumers))]
        tasks = [asyncio.ensure_future(part.run(stop)) for part in parts]
        try:
            yield
        finally:
            stop.set()
            done, late = await asyncio.wait(tasks, timeout=None if self.cast.is_real else _HEARS)
            for task in late:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
        for task in done:
            task.result()

    def _noting(self, number: int) -> Checkpoint:
        async def reached(name: str) -> None:
            if name == "relay.page_read":
                self.leading.add(number)

        return reached
