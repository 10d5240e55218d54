"""Consumers that are wrong in ways that pass every test without a fault."""

from collections import defaultdict

from shared.events.received import Received
from shared.inbox import incoming, parked, store
from shared.inbox.batch import BatchHandler, Outcome
from shared.inbox.consumer import Consumer
from shared.inbox.parking import Replay
from shared.inbox.plan import calls
from shared.messaging.broker import Partition


class CommitBeforeEffect(BatchHandler):
    """Mutant: the offsets commit first, the effect afterwards."""

    async def apply(self, batch, log, failure=None):
        async with self.work() as work:
            await store.save_offsets(work, self.consumer, log, _after(batch))
        await self.reached("consumer.remembered")
        async with self.work() as work:
            unseen = await store.remember(work, self.consumer, log, batch)
            await _call(self, work, [item for item in batch if item.envelope.event_id in unseen])
        return Outcome()


class InboxOutsideTransaction(BatchHandler):
    """Mutant: the inbox remembers in a transaction of its own."""

    async def apply(self, batch, log, failure=None):
        async with self.work() as work:
            unseen = await store.remember(work, self.consumer, log, batch)
        await self.reached("consumer.remembered")
        async with self.work() as work:
            await _call(self, work, [item for item in batch if item.envelope.event_id in unseen])
            await store.save_offsets(work, self.consumer, log, _after(batch))
        return Outcome()


class EffectBeforeInbox(BatchHandler):
    """Mutant: the effect commits first, inbox and offsets afterwards."""

    async def apply(self, batch, log, failure=None):
        async with self.work() as work:
            await _call(self, work, batch)
        await self.reached("consumer.remembered")
        async with self.work() as work:
            await store.remember(work, self.consumer, log, batch)
            await store.save_offsets(work, self.consumer, log, _after(batch))
        return Outcome()


class RemembersKeys(BatchHandler):
    """Mutant: an event is known when its key is."""

    async def _new(self, work, attempt, items):
        known = {row.key for row in await work.rows("SELECT key FROM inbox")}
        return [item for item in await super()._new(work, attempt, items) if item.key not in known]


class RemembersNothing(BatchHandler):
    """Mutant: no inbox, as with a broker that promises «exactly once»."""

    async def _new(self, work, attempt, items):
        await super()._new(work, attempt, items)
        return list(items)


class RemembersInMemory(BatchHandler):
    """Mutant: what was seen is known until the process ends."""

    async def _new(self, work, attempt, items):
        seen = self.__dict__.setdefault("seen", set())
        await super()._new(work, attempt, items)
        unseen = {item.envelope.event_id: item for item in items if item.envelope.event_id not in seen}
        seen.update(unseen)
        return list(unseen.values())


class RemembersBatches(BatchHandler):
    """Mutant: an event that comes twice in one batch is new twice."""

    async def _new(self, work, attempt, items):
        new = {item.envelope.event_id for item in await super()._new(work, attempt, items)}
        return [item for item in items if item.envelope.event_id in new]


class OneTypeAfterTheOther(BatchHandler):
    """Mutant: hands over all events of one type, then all of the next."""

    async def _sort(self, work, attempt, items):
        by_type = defaultdict(list)
        for item in await super()._sort(work, attempt, items):
            by_type[type(item.payload)].append(item)
        for members in by_type.values():
            await _call(self, work, members)
        return []


class SkipsPoison(BatchHandler):
    """Mutant: an event that cannot be handled is logged and left out."""

    async def _sort(self, work, attempt, items):
        return [] if attempt.failure else await super()._sort(work, attempt, items)


class ParksAlone(BatchHandler):
    """Mutant: only the bad event is parked, later ones of its key overtake it."""

    async def _sort(self, work, attempt, items):
        return await super()._sort(work, attempt, items) if attempt.failure else list(items)


class RetriesForEver(BatchHandler):
    """Mutant: the partition waits until the bad event can be handled."""

    async def apply(self, batch, log, failure=None):
        try:
            return await super().apply(batch, log)
        except Exception as error:
            raise ConnectionError from error


class CommitWithoutOffsets(Consumer):
    """Mutant: after a failure one partition is read again; a commit without arguments takes the others too."""

    async def _handle(self, subscriber, records, epoch):
        try:
            await self.handler.apply(self._readable(records), self._identity)
        except OSError:
            first = records[0]
            self._positions.advance(records)
            self._positions.next[first.partition] = first.offset
            subscriber.seek({first.partition: first.offset})
            return
        self._positions.advance(records)


class RetriesLater(Consumer):
    """Mutant: what failed is tried again when the rest of the batch is done, as a retry topic does."""

    async def _handle(self, subscriber, records, epoch):
        late = []
        for item in self._readable(records):
            try:
                await self.handler.apply([item], self._identity)
            except ValueError:
                late.append(item)
        async with self.handler.work() as work:
            unseen = await store.remember(work, self.handler.consumer, self._identity, late)
            await _call(self.handler, work, [item for item in late if item.envelope.event_id in unseen])
        self._positions.advance(records)


class StartsWithTheNewest(Consumer):
    """Mutant: a partition without a position is read from its end."""

    async def _open(self, subscriber):
        mine = subscriber.assignment()
        fresh = [partition for partition in mine if partition not in self._positions.next]
        await super()._open(subscriber)
        ends = {partition: subscriber.end(partition) for partition in fresh}
        subscriber.seek(ends)
        self._positions.next.update(ends)
        return not fresh


class NoticesNoGap(Consumer):
    """Mutant: goes on wherever the broker gives the next record."""

    async def _round(self, subscriber, records):
        for place in list(self._positions.next):
            offsets = [record.offset for record in records if record.partition == place]
            self._positions.next[place] = offsets[0] if offsets else await subscriber.position(place)
        await super()._round(subscriber, records)


async def replay_unordered(work_factory, subscription, topic, key):
    """Mutant: replays what is parked, the newest first."""
    async with work_factory() as work:
        rows = await work.rows(
            "SELECT * FROM parked_event WHERE topic = :t AND key = :k ORDER BY id DESC", {"t": topic, "k": key}
        )
        for row in rows:
            item = incoming.read([parked.record_of(row)], subscription)[0]
            await subscription.handlers[type(item.payload)](work, [_received(item)])
        await work.execute("DELETE FROM parked_event WHERE topic = :t AND key = :k", {"t": topic, "k": key})
    return Replay(len(rows))


async def _call(handler, work, items):
    for kind, members in calls(items):
        await handler.subscription.handlers[kind](work, [_received(item) for item in members])


def _received(item):
    envelope = item.envelope
    return Received(
        event_id=envelope.event_id,
        key=envelope.key,
        version=envelope.version,
        occurred_at=envelope.occurred_at,
        journey_id=envelope.journey_id,
        traceparent=envelope.traceparent,
        data=item.payload,
    )


def _after(batch) -> dict[Partition, int]:
    return {item.record.partition: item.record.offset + 1 for item in batch}
