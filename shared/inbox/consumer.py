"""The consumer's loop: polls, hands batches to the inbox, follows rebalances, and rebuilds a client that hangs.

The database, not the broker, says where to read on. On every assignment positions are read from it; a member that lost
its partitions without noticing finds in the transaction that others have gone on.
"""

import asyncio
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

import structlog

from shared.inbox import gaps, incoming, parked, rewinds, store
from shared.inbox.batch import BatchHandler
from shared.inbox.incoming import Incoming
from shared.inbox.positions import LogRewound, Positions
from shared.inbox.settlement import patiently, settle
from shared.messaging.broker import Broker, BrokerTrouble, Partition, Record, Subscriber
from shared.messaging.log_identity import LogIdentity
from shared.messaging.status import WorkerStatus
from shared.telemetry import metrics

_log = structlog.get_logger()

#: A member without partitions may be a spare; only after so many times the usual patience is it rejoined.
_SPARE_PATIENCE = 5


class ClientStuck(Exception):
    """New clients did not help: the process must be started anew."""


class _Silent(Exception):
    """The client shows no sign of life."""


class _TooManyParked(Exception):
    """More keys are parked than an operator could be expected to look at one by one."""


@dataclass(kw_only=True)
class Consumer:
    """One member of a service's consumer group."""

    handler: BatchHandler
    broker: Broker
    log: LogIdentity
    status: WorkerStatus
    seconds: Callable[[], float] = time.monotonic
    _positions: Positions = field(default_factory=Positions)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _limit: asyncio.Timeout | None = None
    _identity: str = ""
    _progress_at: float = 0.0
    _rebuilds: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Consume until told to stop; then finish the batch in hand. Raises `ClientStuck` when nothing helps."""
        self._idle.set()
        failures = 0
        while not stop.is_set():
            try:
                await self._wait_for_operators(stop)
                self._progress_at = self.seconds()
                await self._session(stop)
                failures = 0
            except BrokerTrouble as trouble:
                failures += 1
                self._note_rebuild(str(trouble))
                await _pause(stop, min(0.1 * 2 ** min(failures, 20), self.handler.options.backoff_limit))
            except _Silent:
                self._rebuilds += 1
                self._note_rebuild("silent")
                if self._rebuilds > self.handler.options.stall_rebuilds:
                    raise ClientStuck(self.handler.consumer) from None
            except _TooManyParked:
                self.status.trouble("consumer", "too many parked keys")
                _log.critical("consumer.stopped.too_many_parked", consumer=self.handler.consumer)

    async def assigned(self, partitions: Sequence[Partition]) -> None:
        """Note an assignment; the loop reads the positions before it takes the first record."""
        _log.info("consumer.partitions.assigned", consumer=self.handler.consumer, count=len(partitions))

    async def revoked(self, partitions: Sequence[Partition]) -> None:
        """Let the batch in hand finish for a bounded time, then roll it back."""
        _log.info("consumer.partitions.revoked", consumer=self.handler.consumer, count=len(partitions))
        self._positions.forget()
        drain = self.handler.options.drain
        if not self._idle.is_set() and self._limit is not None and not self._limit.expired():
            self._limit.reschedule(asyncio.get_running_loop().time() + drain)
        try:
            async with asyncio.timeout(drain * 2):
                await self._idle.wait()
        except TimeoutError:
            _log.error("consumer.batch.not_drained", consumer=self.handler.consumer)

    async def _session(self, stop: asyncio.Event) -> None:
        self._positions.forget()
        subscription = self.handler.subscription
        subscriber = await self.broker.subscriber(subscription.consumer, subscription.topics, self)
        try:
            while not stop.is_set():
                records = await self._poll(subscriber)
                await self._round(subscriber, records)
                self._watch(subscriber, busy=bool(records))
        finally:
            await subscriber.close()

    async def _poll(self, subscriber: Subscriber) -> Sequence[Record]:
        options = self.handler.options
        try:
            async with asyncio.timeout(options.stall):
                return await subscriber.poll(options.batch_records, options.poll_timeout)
        except TimeoutError:
            raise _Silent from None

    async def _round(self, subscriber: Subscriber, records: Sequence[Record]) -> None:
        epoch = self._positions.epoch
        batch = [record for record in records if record.partition in self._positions.next]
        await self._know_log(epoch)
        if epoch != self._positions.epoch:
            return
        if not await self._open(subscriber):
            return
        try:
            gone = self._positions.check(batch)
        except LogRewound as rewound:
            await self._rewound(rewound)
            return
        rewinds.believe(self.status, self._positions, subscriber)
        gone = gone if batch else await gaps.jumped(subscriber, self._positions)
        if gone and self._positions.is_first_look(gone):
            subscriber.seek(self._positions.next)
            return
        if gone:
            gaps.tell(self.handler.consumer, self.status, gone, self._positions)
        if batch:
            await self._handle(subscriber, batch, epoch)

    async def _know_log(self, epoch: int) -> None:
        identity = await self.log.fresh(self.handler.options.log_check)
        if identity != self._identity and epoch == self._positions.epoch:
            self._identity = identity
            self._positions.forget()

    async def _rewound(self, rewound: LogRewound) -> None:
        """A log that begins again is another log, unless somebody made a topic anew: then only people can help."""
        if await self.log.fresh(0) != self._identity:
            return
        rewinds.doubt(self.handler.consumer, self.status, self._positions, rewound.partition)
        raise BrokerTrouble("a topic was made anew under the same log identity")

    async def _open(self, subscriber: Subscriber) -> bool:
        """Read the positions of an assignment and go there; tell whether they were known already."""
        mine = subscriber.assignment()
        if all(partition in self._positions.next for partition in mine):
            return True
        epoch = self._positions.epoch

        async def load() -> dict[Partition, int]:
            async with self.handler.work() as work:
                return await store.open_offsets(work, self.handler.consumer, self._identity, mine)

        loaded = await patiently(self.handler.consumer, self.handler.options.backoff_limit, load)
        if epoch == self._positions.epoch:
            subscriber.seek(loaded)
            self._positions.next.update(loaded)
        return False

    async def _handle(self, subscriber: Subscriber, records: Sequence[Record], epoch: int) -> None:
        self._idle.clear()
        try:
            async with asyncio.timeout(None) as self._limit:
                parkings = await settle(self.handler, self._readable(records), self._identity)
        except TimeoutError:
            _log.warning("consumer.batch.given_up", consumer=self.handler.consumer)
            return
        finally:
            self._idle.set()
        self._got_on()
        if epoch == self._positions.epoch:
            await self._commit(subscriber, self._positions.advance(records))
        if parkings:
            await self._count_parked()

    def _readable(self, records: Sequence[Record]) -> list[Incoming]:
        """Read the records; those sent to another log are only passed over, they will be sent again."""
        items = incoming.read(records, self.handler.subscription)
        own = {None, b"", self._identity.encode()}
        foreign = [index for index, item in enumerate(items) if item.log not in own]
        for index in foreign:
            items[index] = Incoming(items[index].record)
        metrics.inbox_foreign.add(len(foreign), {"consumer": self.handler.consumer})
        return items

    async def _commit(self, subscriber: Subscriber, positions: dict[Partition, int]) -> None:
        try:
            await subscriber.commit(positions)
        except BrokerTrouble:
            metrics.commit_failures.add(1, {"consumer": self.handler.consumer})
        await self.handler.reached("consumer.broker_committed")

    async def _count_parked(self) -> int:
        async def count() -> int:
            async with self.handler.work() as work:
                return await parked.count_keys(work, self.handler.consumer)

        keys = await patiently(self.handler.consumer, self.handler.options.backoff_limit, count)
        metrics.parked_keys.set(keys, {"consumer": self.handler.consumer})
        if keys > self.handler.options.parked_keys_limit:
            raise _TooManyParked
        return keys

    async def _wait_for_operators(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            try:
                await self._count_parked()
            except _TooManyParked:
                self.status.trouble("consumer", "too many parked keys")
                await _pause(stop, self.handler.options.backoff_limit)
            else:
                self.status.well("consumer")
                return

    def _watch(self, subscriber: Subscriber, *, busy: bool) -> None:
        stall = self.handler.options.stall
        partitions = subscriber.assignment()
        behind = ((subscriber.end(part) or 0) > at for part, at in self._positions.next.items())
        if busy or (partitions and not any(behind) and subscriber.silent_for() < stall):
            self._got_on()
        age = self.seconds() - self._progress_at
        metrics.progress_age.set(age, {"consumer": self.handler.consumer})
        if age > (stall if partitions else stall * _SPARE_PATIENCE):
            raise _Silent

    def _got_on(self) -> None:
        self._progress_at = self.seconds()
        self._rebuilds = 0

    def _note_rebuild(self, reason: str) -> None:
        metrics.consumer_rebuilds.add(1, {"consumer": self.handler.consumer})
        _log.warning("consumer.client.rebuilt", consumer=self.handler.consumer, reason=reason)


async def _pause(stop: asyncio.Event, seconds: float) -> None:
    with suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await stop.wait()
