"""What a record is to this consumer: an event it handles, an event of no interest, or something it cannot read."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from shared.events import registry
from shared.events.payload import EventPayload
from shared.events.registry import Undecodable
from shared.inbox.subscription import Subscription
from shared.messaging.broker import Record
from shared.messaging.envelope import LOG_HEADER, Envelope, Unreadable, from_record, header


@dataclass(frozen=True, slots=True)
class Incoming:
    """A record with what could be read of it. Neither event nor problem: it only moves the offset on."""

    record: Record
    envelope: Envelope | None = None
    payload: EventPayload | None = None
    problem: str = ""

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
    def place(self) -> tuple[str, str]:
        """Return topic and key: what is kept in order and parked together."""
        return (self.record.partition.topic, self.key)

    @property
    def event_id(self) -> UUID | None:
        """Return the event's id if it could be read."""
        return self.envelope.event_id if self.envelope else None

    @property
    def log(self) -> str | None:
        """Return the identity of the log that the sender believed in, if it said so."""
        return header(self.record.headers, LOG_HEADER)


def read(records: Sequence[Record], subscription: Subscription) -> list[Incoming]:
    """Read records for a subscription; never raises, whatever the bytes are."""
    wanted = {payload.event_type for payload in subscription.handlers}
    names = {_name(event_type) for event_type in wanted}
    return [_read(record, wanted, names) for record in records]


def _read(record: Record, wanted: set[str], names: set[str]) -> Incoming:
    event_type = header(record.headers, "ce_type")
    if event_type is None:
        return Incoming(record, problem="ce_type: missing")
    if event_type not in wanted and not _is_unknown_major(event_type, names):
        return Incoming(record)
    try:
        envelope = from_record(record)
    except Unreadable as error:
        return Incoming(record, problem=str(error))
    if event_type not in wanted:
        return Incoming(record, envelope, problem="ce_type: a major version that is not known here")
    try:
        return Incoming(record, envelope, registry.decode(event_type, record.value or b""))
    except Undecodable as error:
        return Incoming(record, envelope, problem=str(error))


def _is_unknown_major(event_type: str, names: set[str]) -> bool:
    """Say so also of a type that is not UTF-8: it could be anything, so it is not passed over."""
    return "\\" in event_type or (event_type not in registry.EVENTS and _name(event_type) in names)


def _name(event_type: str) -> str:
    name, _, major = event_type.rpartition(".v")
    return name if major.isdigit() else event_type
