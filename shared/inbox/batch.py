"""One batch in one transaction: offsets, inbox, parked keys and handlers commit together or not at all."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from shared.clock import Clock, SystemClock
from shared.events.received import Received
from shared.inbox import parked, store
from shared.inbox.incoming import Incoming
from shared.inbox.order import OrderWatch
from shared.inbox.parked import Parking
from shared.inbox.plan import calls
from shared.inbox.subscription import Subscription
from shared.messaging import checkpoints
from shared.messaging.broker import Partition
from shared.messaging.checkpoints import Checkpoint
from shared.messaging.options import MessagingOptions
from shared.messaging.spans import Tracing
from shared.messaging.tracks import Tracks
from shared.telemetry import metrics
from shared.telemetry.allowance import Allowance
from shared.work import UnitOfWork, WorkFactory


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a lone event is to be parked instead of handled."""

    error: str
    attempts: int


@dataclass(slots=True)
class Outcome:
    """What became of the events of a batch that committed: applied, duplicate or parked."""

    of: dict[UUID, str] = field(default_factory=dict)
    parkings: list[Parking] = field(default_factory=list)
    handled: list[Incoming] = field(default_factory=list)


@dataclass(kw_only=True)
class BatchHandler:
    """Applies batches for one subscription."""

    subscription: Subscription
    work: WorkFactory
    options: MessagingOptions
    clock: Clock = field(default_factory=SystemClock)
    reached: Checkpoint = checkpoints.passing
    _order: OrderWatch = field(init=False)
    _tracing: Tracing = field(init=False)

    def __post_init__(self) -> None:
        """Watch the order of this consumer's keys, and what tracing costs."""
        self._order = OrderWatch(self.consumer)
        options = self.options
        allowance = Allowance(options.traced_per_second)
        self._tracing = Tracing(self.consumer, options.trace_age, options.traced_batch, allowance)

    @property
    def consumer(self) -> str:
        """Return the name of the consumer."""
        return self.subscription.consumer

    async def apply(self, batch: Sequence[Incoming], log: str, failure: Failure | None = None) -> Outcome:
        """Handle a batch whose partitions' offsets are open; with a failure given, park its events instead."""
        outcome = Outcome()
        tracks = self._spans(batch)
        try:
            async with self.work() as work:
                await self._transact(work, _Attempt(batch, log, failure, tracks, outcome))
                await self.reached("consumer.handled")
        except BaseException as error:
            tracks.end({}, error)
            raise
        tracks.end(outcome.of)
        await self.reached("consumer.committed")
        self._count(outcome)
        return outcome

    async def _transact(self, work: UnitOfWork, attempt: "_Attempt") -> None:
        partitions = {item.record.partition for item in attempt.batch}
        offsets = await store.lock_offsets(work, self.consumer, attempt.log, partitions)
        fresh = [item for item in attempt.batch if item.record.offset >= offsets[item.record.partition]]
        metrics.inbox_duplicates.add(len(attempt.batch) - len(fresh), {"consumer": self.consumer, "layer": "offset"})
        new = await self._new(work, attempt, [item for item in fresh if item.is_of_interest])
        await self.reached("consumer.remembered")
        good = await self._sort(work, attempt, new)
        attempt.outcome.handled = good
        for kind, members in calls(good):
            await self.subscription.handlers[kind](work, [_received(item, attempt.tracks) for item in members])
        positions: dict[Partition, int] = {item.record.partition: item.record.offset + 1 for item in fresh}
        if positions:
            await store.save_offsets(work, self.consumer, attempt.log, positions)

    async def _new(self, work: UnitOfWork, attempt: "_Attempt", items: Sequence[Incoming]) -> list[Incoming]:
        """Return the items that the inbox had not seen; of an event that comes twice, the first."""
        unseen = await store.remember(work, self.consumer, attempt.log, items)
        new = []
        for item in items:
            if item.envelope is None:
                new.append(item)
            elif (event_id := item.envelope.event_id) in unseen:
                new.append(item)
                unseen.remove(event_id)
            else:
                attempt.outcome.of.setdefault(event_id, "duplicate")
        return new

    async def _sort(self, work: UnitOfWork, attempt: "_Attempt", items: Sequence[Incoming]) -> list[Incoming]:
        """Park what must be parked and return the rest."""
        blocked = await parked.blocked(work, self.consumer, {item.place for item in items}) if items else set()
        good: list[Incoming] = []
        for item in items:
            parking = None
            if item.place in blocked:
                parking = Parking(item, "behind")
            elif item.problem:
                parking = Parking(item, "schema", item.problem)
            elif attempt.failure:
                parking = Parking(item, "failed", attempt.failure.error, attempt.failure.attempts)
            if parking:
                blocked.add(item.place)
                attempt.outcome.parkings.append(parking)
            else:
                good.append(item)
            if item.envelope:
                attempt.outcome.of[item.envelope.event_id] = "parked" if parking else "applied"
        if attempt.outcome.parkings:
            await parked.park(work, self.consumer, attempt.log, attempt.outcome.parkings)
        return good

    def _spans(self, batch: Sequence[Incoming]) -> Tracks:
        messages = ((item.record, item.envelope) for item in batch if item.envelope)
        return self._tracing.processing(messages, self.clock.now())

    def _count(self, outcome: Outcome) -> None:
        self._order.note(outcome.handled)
        results = list(outcome.of.values())
        metrics.inbox_applied.add(results.count("applied"), {"consumer": self.consumer})
        metrics.inbox_duplicates.add(results.count("duplicate"), {"consumer": self.consumer, "layer": "event"})


@dataclass(frozen=True, slots=True)
class _Attempt:
    batch: Sequence[Incoming]
    log: str
    failure: Failure | None
    tracks: Tracks
    outcome: Outcome


def _received(item: Incoming, tracks: Tracks) -> Received[Any]:
    envelope, payload = item.envelope, item.payload
    assert envelope is not None  # an event that was decoded has one
    assert payload is not None
    return Received(
        envelope.event_id,
        envelope.key,
        envelope.version,
        envelope.occurred_at,
        envelope.journey_id,
        tracks.traceparent(envelope),
        payload,
    )
