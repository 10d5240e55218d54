"""The SQL of inbox and offsets: a fixed number of statements for a batch of any size."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from shared.inbox.incoming import Incoming
from shared.messaging.broker import Partition
from shared.work import UnitOfWork

_OPEN = """
    INSERT INTO inbox_offset (consumer, log_identity, topic, partition, next_offset)
    SELECT :consumer, :log, topic, number, 0
      FROM unnest(CAST(:topics AS text[]), CAST(:numbers AS integer[])) AS p (topic, number)
        ON CONFLICT DO NOTHING
"""

_OFFSETS = """
    SELECT topic, partition, next_offset FROM inbox_offset
     WHERE consumer = :consumer AND log_identity = :log
       AND (topic, partition) IN (SELECT * FROM unnest(CAST(:topics AS text[]), CAST(:numbers AS integer[])))
     ORDER BY topic, partition
"""

_SAVE = """
    UPDATE inbox_offset o SET next_offset = p.next_offset
      FROM unnest(CAST(:topics AS text[]), CAST(:numbers AS integer[]), CAST(:offsets AS bigint[]))
           AS p (topic, number, next_offset)
     WHERE o.consumer = :consumer AND o.log_identity = :log AND o.topic = p.topic AND o.partition = p.number
"""

# One row with one array comes back: a row per event costs the client more than the event's own row in the table.
_REMEMBER = """
    WITH unseen AS (
        INSERT INTO inbox (consumer, event_id, topic, key, version, log_identity, partition, log_offset)
        SELECT :consumer, event_id, topic, key, version, :log, number, log_offset
          FROM unnest(CAST(:ids AS uuid[]), CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:versions AS bigint[]),
                      CAST(:numbers AS integer[]), CAST(:offsets AS bigint[]))
               AS e (event_id, topic, key, version, number, log_offset)
            ON CONFLICT DO NOTHING
        RETURNING event_id)
    SELECT coalesce(array_agg(event_id), '{}') FROM unseen
"""


def _of(consumer: str, log: str, partitions: Iterable[Partition]) -> dict[str, Any]:
    listed = list(partitions)
    return {
        "consumer": consumer,
        "log": log,
        "topics": [partition.topic for partition in listed],
        "numbers": [partition.number for partition in listed],
    }


async def open_offsets(
    work: UnitOfWork, consumer: str, log: str, partitions: Sequence[Partition]
) -> dict[Partition, int]:
    """Return where to read on in each partition of this log; 0 where nothing was read yet."""
    await work.execute(_OPEN, _of(consumer, log, partitions))
    rows = await work.rows(_OFFSETS, _of(consumer, log, partitions))
    return {Partition(row.topic, row.partition): row.next_offset for row in rows}


async def lock_offsets(
    work: UnitOfWork, consumer: str, log: str, partitions: Iterable[Partition]
) -> dict[Partition, int]:
    """Return the same, locked until the transaction ends: a consumer that lost a partition finds out here."""
    rows = await work.rows(f"{_OFFSETS} FOR UPDATE", _of(consumer, log, partitions))
    return {Partition(row.topic, row.partition): row.next_offset for row in rows}


async def save_offsets(work: UnitOfWork, consumer: str, log: str, positions: Mapping[Partition, int]) -> None:
    """Store where to read on."""
    await work.execute(_SAVE, _of(consumer, log, positions) | {"offsets": list(positions.values())})


async def remember(work: UnitOfWork, consumer: str, log: str, items: Sequence[Incoming]) -> set[UUID]:
    """Enter events into the inbox and return the ids of those that were not in it."""
    known = [(item, item.envelope) for item in items if item.envelope]
    if not known:
        return set()
    parameters = _of(consumer, log, [item.record.partition for item, _ in known]) | {
        "ids": [envelope.event_id for _, envelope in known],
        "keys": [envelope.key for _, envelope in known],
        "versions": [envelope.version for _, envelope in known],
        "offsets": [item.record.offset for item, _ in known],
    }
    return set((await work.rows(_REMEMBER, parameters))[0][0])
