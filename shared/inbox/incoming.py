"""What a record is to this consumer: an event it handles, an event of no interest, or something it cannot read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from shared.events import registry
from shared.events.payload import EventPayload
from shared.events.registry import Undecodable
from shared.inbox.subscription import Subscription
from shared.messaging.broker import Record
from shared.messaging.envelope import LOG_HEADER, Envelope, Unreadable, envelope_of


@dataclass(slots=True)
class Incoming:
    """A record with what could be read of it. Neither event nor problem: it only moves the offset on.

    `place` is topic and key: what is kept in order and parked together. `log` is the identity of the log that the
    sender believed in, if it said so.
    """

    record: Record
    envelope: Envelope | None = None
    payload: EventPayload | None = None
    problem: str = ""
    log: bytes | None = None
    place: tuple[str, str] = field(init=False)

    def __post_init__(self) -> None:
        """Keep what is asked for again and again."""
        self.place = (self.record.partition.topic, self.key)

    @property
    def is_of_interest(self) -> bool:
        """Say whether the record must be handled or parked."""
        return self.payload is not None or bool(self.problem)

    @property
    def key(self) -> str:
        """Return the key by which order is kept, whatever its bytes are."""
        if self.envelope:
            return self.envelope.key
        return (self.record.key or b"").decode(errors="backslashreplace").replace("\x00", "\\x00")

    @property
    def event_id(self) -> UUID | None:
        """Return the event's id if it could be read."""
        return self.envelope.event_id if self.envelope else None


def read(records: Sequence[Record], subscription: Subscription) -> list[Incoming]:
    """Read records for a subscription; never raises, whatever the bytes are."""
    wanted = {payload.event_type.encode(): payload.event_type for payload in subscription.handlers}
    names = {_name(event_type) for event_type in wanted.values()}
    return [_read(record, wanted, names) for record in records]


def _read(record: Record, wanted: Mapping[bytes, str], names: set[str]) -> Incoming:
    headers = dict(record.headers)
    raw, log = headers.get("ce_type"), headers.get(LOG_HEADER)
    if raw is None:
        return Incoming(record, problem="ce_type: missing", log=log)
    event_type = wanted.get(raw)
    if event_type is None and not _is_unknown_major(raw, names):
        return Incoming(record, log=log)
    try:
        envelope = envelope_of(record.key, headers)
    except Unreadable as error:
        return Incoming(record, problem=str(error), log=log)
    if event_type is None:
        return Incoming(record, envelope, problem="ce_type: a major version that is not known here", log=log)
    try:
        return Incoming(record, envelope, registry.decode(event_type, record.value or b""), log=log)
    except Undecodable as error:
        return Incoming(record, envelope, problem=str(error), log=log)


def _is_unknown_major(raw: bytes, names: set[str]) -> bool:
    event_type = raw.decode(errors="backslashreplace")
    return event_type not in registry.EVENTS and _name(event_type) in names


def _name(event_type: str) -> str:
    name, _, major = event_type.rpartition(".v")
    return name if major.isdigit() else event_type
