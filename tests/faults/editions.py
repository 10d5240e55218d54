"""Two editions of the made-up service: the new one added a field to an event, and its next major version."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import ClassVar, Literal
from uuid import UUID

from shared.events import registry
from shared.events.exam import CandidateAbsentV1, CandidateCheckedInV1
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.ids import new_id
from shared.inbox.subscription import Handler, Subscription
from shared.work import UnitOfWork, WorkFactory
from tests.faults import tiny

Edition = Literal["old", "new"]

#: What each edition read; `gate` is what it took the new field for.
NOTED = "CREATE TABLE noted (event_id uuid, edition text, type text, gate text)"
MOMENT = datetime(2026, 11, 22, tzinfo=UTC)

_NOTE = """
    INSERT INTO noted (event_id, edition, type, gate)
    SELECT event_id, :edition, :type, gate
      FROM unnest(CAST(:ids AS uuid[]), CAST(:gates AS text[])) AS e (event_id, gate)
"""
_COUNT = """
    INSERT INTO counter AS c (key, version) VALUES (:key, 1)
    ON CONFLICT (key) DO UPDATE SET version = c.version + 1 RETURNING version
"""


class WithGateV1(CandidateCheckedInV1):
    """The same major with a field more, which is optional."""

    gate: str | None = None


class CandidateCheckedInV2(EventPayload):
    """The next major: the gate must be known, the component has another name."""

    event_type: ClassVar[str] = "exam.candidate_checked_in.v2"
    topic: ClassVar[str] = CandidateCheckedInV1.topic
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    part: str
    gate: str


NEW: dict[str, type[EventPayload]] = {kind.event_type: kind for kind in (WithGateV1, CandidateCheckedInV2)}


def subscription(edition: Edition) -> Subscription:
    """Return what an edition listens to, and teach this process its events."""
    handled: tuple[type[EventPayload], ...] = (CandidateCheckedInV1, CandidateAbsentV1)
    if edition == "new":
        registry.EVENTS.update(NEW)
        handled = (WithGateV1, CandidateCheckedInV2, CandidateAbsentV1)
    return Subscription("tiny", {kind: _noting(edition, kind) for kind in handled})


def _noting(edition: Edition, kind: type[EventPayload]) -> Handler:
    async def note(work: UnitOfWork, events: Sequence[Received[EventPayload]]) -> None:
        await tiny.write_down(work, events)
        gates = [getattr(event.data, "gate", "unheard of") for event in events]
        listed = {"ids": [event.event_id for event in events], "gates": gates}
        await work.execute(_NOTE, listed | {"edition": edition, "type": kind.event_type})

    return note


def _as_old(key: UUID) -> tuple[EventPayload, EventPayload | None]:
    plain = CandidateCheckedInV1(application_id=key, plan_id=key, component="practical", checked_in_at=MOMENT)
    return plain, None


def _as_new(key: UUID) -> tuple[EventPayload, EventPayload | None]:
    more = WithGateV1(application_id=key, plan_id=key, component="practical", checked_in_at=MOMENT, gate="east")
    return more, CandidateCheckedInV2(application_id=key, part="practical", gate="east")


def _as_newest(key: UUID) -> tuple[EventPayload, EventPayload | None]:
    return CandidateCheckedInV2(application_id=key, part="practical", gate="east"), None


#: How publishers say it: before the change, while both are needed, and when nobody needs the old major any more.
SAYINGS: dict[str, Callable[[UUID], tuple[EventPayload, EventPayload | None]]] = {
    "old": _as_old,
    "new": _as_new,
    "newest": _as_newest,
}


async def publish(work_factory: WorkFactory, saying: str, number: int) -> None:
    """Raise a counter and publish it as one edition does."""
    key = tiny.key(number)
    async with work_factory() as work:
        version = (await work.rows(_COUNT, {"key": str(key)}))[0][0]
        payload, newer = SAYINGS[saying](key)
        work.publish(payload, version=version, journey_id=new_id(), newer=newer)
