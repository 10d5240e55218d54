"""The table of parked events: what failed, and what waits behind it, in order, by consumer, topic and key.

Whoever adds to or takes from a key that has parked events holds the key's advisory lock: a replay that empties the key
and a consumer that is about to park one more behind it can then neither swap two events nor leave one behind.
"""

import base64
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row

from shared.inbox.incoming import Incoming
from shared.messaging.broker import Partition, Record
from shared.messaging.envelope import header
from shared.work import UnitOfWork

#: Topic and key.
Place = tuple[str, str]

#: Nearly always nothing is parked: finding that out costs no list of all the keys of a batch.
_ANY = "SELECT EXISTS (SELECT FROM parked_event WHERE consumer = :consumer)"

_PLACES = """
    SELECT DISTINCT topic, key FROM parked_event
     WHERE consumer = :consumer
       AND (topic, key) IN (SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])))
"""

_LOCK = """
    SELECT pg_advisory_xact_lock(lock)
      FROM (SELECT DISTINCT hashtextextended(:consumer || '|' || topic || '|' || key, 0) AS lock
              FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[])) AS p (topic, key) ORDER BY 1) AS ordered
"""

_PARK = """
    INSERT INTO parked_event (consumer, log_identity, topic, key, event_id, type, partition, log_offset, record_key,
                              payload, headers, reason, error, attempts)
    SELECT :consumer, :log, topic, key, event_id, type, number, log_offset, record_key, payload, CAST(headers AS json),
           reason, error, attempts
      FROM unnest(CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:ids AS uuid[]), CAST(:types AS text[]),
                  CAST(:numbers AS integer[]), CAST(:offsets AS bigint[]), CAST(:record_keys AS bytea[]),
                  CAST(:payloads AS bytea[]), CAST(:headers AS text[]), CAST(:reasons AS text[]),
                  CAST(:errors AS text[]), CAST(:attempts AS integer[]))
           WITH ORDINALITY AS e (topic, key, event_id, type, number, log_offset, record_key, payload, headers, reason,
                                 error, attempts, ord)
     ORDER BY ord
"""

_COUNT = "SELECT count(*) FROM (SELECT DISTINCT topic, key FROM parked_event WHERE consumer = :consumer) AS places"


@dataclass(frozen=True, slots=True)
class Parking:
    """One record to park and why: `schema` (cannot be read), `failed` (its handler), `behind` (an earlier one)."""

    item: Incoming
    reason: str
    error: str = ""
    attempts: int = 1


async def blocked(work: UnitOfWork, consumer: str, places: Collection[Place]) -> set[Place]:
    """Return those places that have parked events, and keep them so until the transaction ends."""
    if not (await work.rows(_ANY, {"consumer": consumer}))[0][0]:
        return set()
    found = await _blocked(work, consumer, places)
    if not found:
        return found
    await lock(work, consumer, found)
    return await _blocked(work, consumer, found)


async def lock(work: UnitOfWork, consumer: str, places: Collection[Place]) -> None:
    """Keep others from parking at and replaying these places until the transaction ends."""
    await work.execute(_LOCK, _of(consumer, places))


async def park(work: UnitOfWork, consumer: str, log: str, parkings: Sequence[Parking]) -> None:
    """Store records byte for byte, in their order."""
    items = [parking.item for parking in parkings]
    await work.execute(
        _PARK,
        _of(consumer, [item.place for item in items])
        | {
            "log": log,
            "ids": [item.event_id for item in items],
            "types": [_printable(header(item.record.headers, "ce_type")) for item in items],
            "numbers": [item.record.partition.number for item in items],
            "offsets": [item.record.offset for item in items],
            "record_keys": [item.record.key for item in items],
            "payloads": [item.record.value for item in items],
            "headers": [_dumped(item.record) for item in items],
            "reasons": [parking.reason for parking in parkings],
            "errors": [_printable(parking.error) for parking in parkings],
            "attempts": [parking.attempts for parking in parkings],
        },
    )


async def count_keys(work: UnitOfWork, consumer: str) -> int:
    """Return how many keys of a consumer have parked events."""
    count: int = (await work.rows(_COUNT, {"consumer": consumer}))[0][0]
    return count


def record_of(row: Row[Any]) -> Record:
    """Return the record that a row of the table keeps."""
    headers: list[Any] = [(name, value and base64.b64decode(value)) for name, value in row.headers]
    return Record(Partition(row.topic, row.partition), row.log_offset, row.record_key, row.payload, tuple(headers))


async def _blocked(work: UnitOfWork, consumer: str, places: Collection[Place]) -> set[Place]:
    return {(row.topic, row.key) for row in await work.rows(_PLACES, _of(consumer, places))}


def _of(consumer: str, places: Collection[Place]) -> dict[str, Any]:
    return {"consumer": consumer, "topics": [topic for topic, _ in places], "keys": [key for _, key in places]}


def _dumped(record: Record) -> str:
    return json.dumps([(name, _base64(value)) for name, value in record.headers])


def _base64(value: bytes | None) -> str | None:
    """Return the bytes as text; a header may also have no value at all."""
    return value if value is None else base64.b64encode(value).decode()


def _printable(text: str | None) -> str | None:
    return text if text is None else text.replace("\x00", "")
