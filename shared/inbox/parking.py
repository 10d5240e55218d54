"""What operators do with parked events: look, replay a key in order by the consumer's own handlers, discard one."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncEngine

from shared.events.received import Received
from shared.inbox import incoming
from shared.inbox import parked as table
from shared.inbox.incoming import Incoming
from shared.inbox.subscription import Subscription
from shared.inbox.trouble import describe, is_transient
from shared.messaging import spans
from shared.work import UnitOfWork, WorkFactory

_KEYS = text("""
    SELECT DISTINCT ON (topic, key) topic, key, id AS first_id, event_id, type, reason, error, attempts, parked_at,
           count(*) OVER (PARTITION BY topic, key) AS events
      FROM parked_event WHERE consumer = :consumer ORDER BY topic, key, id
""")

_NEXT = """
    SELECT * FROM parked_event WHERE consumer = :consumer AND topic = :topic AND key = :key ORDER BY id LIMIT 1
"""

_PLACE = "SELECT topic, key FROM parked_event WHERE consumer = :consumer AND id = :id"

_DELETE = "DELETE FROM parked_event WHERE id = :id"

_FAILED = """
    UPDATE parked_event SET reason = 'failed', error = :error, attempts = attempts + 1
     WHERE consumer = :consumer AND topic = :topic AND key = :key
       AND id = (SELECT min(id) FROM parked_event WHERE consumer = :consumer AND topic = :topic AND key = :key)
"""


@dataclass(frozen=True, slots=True)
class ParkedKey:
    """A key that waits: its first event, why that one was parked, and how many events wait in all."""

    topic: str
    key: str
    first_id: int
    event_id: str | None
    type: str | None
    reason: str
    error: str
    attempts: int
    parked_at: datetime
    events: int


@dataclass(frozen=True, slots=True)
class Replay:
    """How a replay went: how many events were applied, and what stopped it, if anything did."""

    applied: int
    error: str = ""


class Unreplayable(Exception):
    """The parked event still cannot be read by this version of the service."""


async def parked(engine: AsyncEngine, consumer: str) -> list[ParkedKey]:
    """Return the keys of a consumer that wait for an operator."""
    async with engine.connect() as connection:
        rows = (await connection.execute(_KEYS, {"consumer": consumer})).all()
    return [
        ParkedKey(
            topic=row.topic,
            key=row.key,
            first_id=row.first_id,
            event_id=str(row.event_id) if row.event_id else None,
            type=row.type,
            reason=row.reason,
            error=row.error,
            attempts=row.attempts,
            parked_at=row.parked_at,
            events=row.events,
        )
        for row in rows
    ]


async def replay(work_factory: WorkFactory, subscription: Subscription, topic: str, key: str) -> Replay:
    """Handle the parked events of one key in their order, each in its own transaction, until all are done or one fails.

    Infrastructure trouble is raised: nothing is lost, start again.
    """
    applied = 0
    place = {"consumer": subscription.consumer, "topic": topic, "key": key}
    while True:
        try:
            async with work_factory() as work:
                if not await _replay_next(work, subscription, place):
                    return Replay(applied)
        except Exception as error:
            if is_transient(error):
                raise
            async with work_factory() as work:
                await work.execute(_FAILED, place | {"error": describe(error)})
            return Replay(applied, describe(error))
        applied += 1


async def discard(work_factory: WorkFactory, consumer: str, parked_id: int) -> bool:
    """Give one parked event up for good, so that those behind it can be replayed; tell whether it was there.

    The caller records who decided this and why.
    """
    async with work_factory() as work:
        places = await work.rows(_PLACE, {"consumer": consumer, "id": parked_id})
        if not places:
            return False
        await table.lock(work, consumer, [(places[0].topic, places[0].key)])
        return bool((await work.execute(_DELETE, {"id": parked_id})).rowcount)


async def _replay_next(work: UnitOfWork, subscription: Subscription, place: dict[str, str]) -> bool:
    await table.lock(work, subscription.consumer, [(place["topic"], place["key"])])
    rows = await work.rows(_NEXT, place)
    if not rows:
        return False
    item = incoming.read([table.record_of(rows[0])], subscription)[0]
    if item.problem:
        raise Unreplayable(item.problem)
    if item.payload is not None:
        await _handle(work, subscription, item)
    await work.execute(_DELETE, {"id": rows[0].id})
    return True


async def _handle(work: UnitOfWork, subscription: Subscription, item: Incoming) -> None:
    assert item.envelope is not None  # an event that was decoded has one
    assert item.payload is not None
    envelope = item.envelope
    tracks = spans.replaying(subscription.consumer, (item.record, envelope))
    received = Received(
        event_id=envelope.event_id,
        key=envelope.key,
        version=envelope.version,
        occurred_at=envelope.occurred_at,
        journey_id=envelope.journey_id,
        traceparent=tracks.traceparent(envelope),
        data=item.payload,
    )
    try:
        await subscription.handlers[type(item.payload)](work, [received])
    except Exception as error:
        tracks.end({}, error)
        raise
    tracks.end({envelope.event_id: "applied"})
