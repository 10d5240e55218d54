"""CloudEvents 1.0 in Kafka's binary mode: what the headers say about an event, written and read back defensively."""

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from typing import NamedTuple
from uuid import UUID

# The driver's own UUID is one, is read and written in C, and is what its rows hold.
from asyncpg.pgproto import pgproto

from shared.messaging.broker import Headers, Outgoing, Record

#: The identity of the log that the sender believed in (shared/messaging/log_identity.py).
LOG_HEADER = "kz_log"


class Unreadable(Exception):
    """The headers do not make an event. The message names headers, never values."""


class Envelope(NamedTuple):
    """Everything about an event except its data."""

    event_id: UUID
    type: str
    key: str
    version: int
    occurred_at: datetime
    journey_id: UUID | None
    causation_id: UUID | None
    traceparent: str | None


class Stored(NamedTuple):
    """One event of the outbox: its attributes are UTF-8 ready to be sent, so that nothing is converted twice."""

    event_id: bytes
    type: bytes
    key: bytes
    version: bytes
    occurred_at: bytes
    journey_id: bytes | None
    causation_id: bytes | None
    traceparent: bytes | None
    topic: str
    payload: bytes


def to_record(event: Stored, *, source: bytes, log: bytes) -> Outgoing:
    """Return the record of an event: its payload untouched, its attributes as headers."""
    event_id, event_type, key, version, occurred_at, journey_id, causation_id, traceparent, topic, payload = event
    headers = [
        *_alike(event_type, source, log),
        ("ce_id", event_id),
        ("ce_subject", key),
        ("ce_time", occurred_at),
        ("ce_partitionkey", key),
        ("ce_aggregateversion", version),
    ]
    if journey_id:
        headers.append(("ce_journeyid", journey_id))
    if causation_id:
        headers.append(("ce_causationid", causation_id))
    if traceparent:
        headers.append(("traceparent", traceparent))
    return Outgoing(topic, key, payload, headers)


@lru_cache(maxsize=256)
def _alike(event_type: bytes, source: bytes, log: bytes) -> tuple[tuple[str, bytes], ...]:
    """Return the headers that all events of a type share; they are made once."""
    return (
        ("content-type", b"application/json"),
        ("ce_specversion", b"1.0"),
        ("ce_source", source),
        ("ce_type", event_type),
        ("ce_dataschema", b"urn:kaozheng:event:" + event_type),
        (LOG_HEADER, log),
    )


def from_record(record: Record) -> Envelope:
    """Return what the headers say; raise `Unreadable` when one that is needed is missing or malformed."""
    return envelope_of(record.key, dict(record.headers))


def envelope_of(key: bytes | None, found: Mapping[str, bytes]) -> Envelope:
    """Return the same of headers that were already made a mapping; of a name that comes twice, the last counts."""
    if key is None:
        raise Unreadable("no key")
    event_id = _id(found, "ce_id")
    if event_id is None:
        raise Unreadable("ce_id: missing")
    return Envelope(
        event_id,
        _text(found, "ce_type"),
        _decoded(key, "key"),
        _number(found, "ce_aggregateversion"),
        _time(found, "ce_time"),
        _id(found, "ce_journeyid"),
        _id(found, "ce_causationid"),
        _text(found, "traceparent") if found.get("traceparent") else None,
    )


def header(headers: Headers, name: str) -> str | None:
    """Return one header as text, whatever its bytes are; nothing when it is missing."""
    value = dict(headers).get(name)
    return value.decode(errors="backslashreplace") if value is not None else None


def _decoded(value: bytes, name: str) -> str:
    try:
        text = value.decode()
    except UnicodeDecodeError:
        raise Unreadable(f"{name}: not UTF-8") from None
    if "\x00" in text:
        raise Unreadable(f"{name}: contains a zero character")
    return text


def _text(found: Mapping[str, bytes], name: str) -> str:
    value = found.get(name)
    if not value:
        raise Unreadable(f"{name}: missing")
    return _decoded(value, name)


def _id(found: Mapping[str, bytes], name: str) -> UUID | None:
    value = found.get(name)
    if not value:
        return None
    try:
        return pgproto.UUID(value.decode())
    except ValueError:
        raise Unreadable(f"{name}: not a UUID") from None


def _number(found: Mapping[str, bytes], name: str) -> int:
    value = found.get(name) or b""
    if not value.isdigit() or len(value) >= 19:  # noqa: PLR2004  # bigint
        raise Unreadable(f"{name}: not a number")
    return int(value)


def _time(found: Mapping[str, bytes], name: str) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(found, name))
    except ValueError:
        raise Unreadable(f"{name}: not a time") from None
    if moment.tzinfo is None:
        raise Unreadable(f"{name}: without an offset")
    return moment
