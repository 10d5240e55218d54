"""Consumers that are wrong in ways that pass every test without a fault."""

from shared.inbox import incoming, parked, store
from shared.inbox.batch import BatchHandler, Outcome
from shared.inbox.consumer import Consumer
from shared.inbox.parking import Replay
from shared.inbox.plan import calls
from shared.messaging.broker import Partition
from shared.messaging.tracks import Tracks


class CommitBeforeEffect(BatchHandler):
    """Mutant: the offsets commit first, the effect afterwards."""

    async def apply(self, batch, log, failure=None):
        async with self.work() as work:
            await store.save_offsets(work, self.consumer, log, _after(batch))
        await self.reached("consumer.remembered")
        return await _effects(self, batch, log)


class InboxOutsideTransaction(BatchHandler):
    """Mutant: the inbox remembers in a transaction of its own."""

    async def apply(self, batch, log, failure=None):
        async with self.work() as work:
            unseen = await store.remember(work, self.consumer, log, batch)
        await self.reached("consumer.remembered")
        async with self.work() as work:
            await _call(self, work, [item for item in batch if item.event_id in unseen])
            await store.save_offsets(work, self.consumer, log, _after(batch))
        return Outcome()


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


async def _effects(handler, batch, log):
    async with handler.work() as work:
        unseen = await store.remember(work, handler.consumer, log, batch)
        await _call(handler, work, [item for item in batch if item.event_id in unseen])
    return Outcome()


async def _call(handler, work, items):
    for kind, members in calls(items):
        await handler.subscription.handlers[kind](work, [_received(item) for item in members])


def _received(item):
    from shared.inbox.batch import _received as received

    return received(item, Tracks("mutant"))


def _after(batch) -> dict[Partition, int]:
    return {item.record.partition: item.record.offset + 1 for item in batch}
