"""Records as a relay would have sent them."""

from datetime import UTC, datetime

from shared.clock import SystemClock
from shared.events.exam import CandidateCheckedInV1
from shared.events.registry import encode
from shared.ids import new_id
from shared.messaging.broker import Partition, Record
from shared.messaging.envelope import Envelope, to_record
from tests.faults import tiny
from tests.worlds.events import stored

_MOMENT = datetime(2026, 11, 22, tzinfo=UTC)


def records(events: int, *, first: int = 0, keys: int | None = None, traceparent: str | None = None) -> list[Record]:
    """Return records of one partition with offsets from `first` on, each of a key of its own unless told otherwise."""
    return [
        record(first + number, number % (keys or events), number // (keys or events) + 1, traceparent)
        for number in range(events)
    ]


def record(offset: int, number: int, version: int, traceparent: str | None = None) -> Record:
    """Return one record."""
    payload = CandidateCheckedInV1(
        application_id=tiny.key(number), plan_id=tiny.key(0), component="practical", checked_in_at=_MOMENT
    )
    envelope = Envelope(
        new_id(), payload.event_type, payload.key, version, SystemClock().now(), new_id(), None, traceparent
    )
    sent = to_record(stored(envelope, payload.topic, encode(payload)), source=b"/kaozheng/tiny", log=b"log")
    return Record(Partition(sent.topic, 0), offset, sent.key, sent.value, tuple(sent.headers))
