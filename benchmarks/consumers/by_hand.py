"""Inbox, state and outbox written by hand with asyncpg, as the peers' handlers do it; the tables are the product's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
from aiokafka import ConsumerRecord

from benchmarks import sample
from shared.events import registry
from shared.events.grading import ResultPublishedV1
from shared.ids import new_id

_REMEMBER = """
    INSERT INTO inbox (consumer, event_id, topic, key, version, log_identity, partition, log_offset)
    SELECT $1, event_id, $2, key, version, 'log', partition, log_offset
      FROM unnest($3::uuid[], $4::text[], $5::bigint[], $6::integer[], $7::bigint[])
           AS seen (event_id, key, version, partition, log_offset)
        ON CONFLICT DO NOTHING RETURNING event_id
"""
_KEEP = """
    INSERT INTO kept_result (application_id, outcome, total, version)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::bigint[])
        ON CONFLICT (application_id)
        DO UPDATE SET outcome = excluded.outcome, total = excluded.total, version = excluded.version
"""
_PUBLISH = """
    INSERT INTO outbox (event_id, topic, key, type, version, journey_id, causation_id, traceparent, payload)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::bigint[], $6::uuid[], $7::uuid[],
                         $8::text[], $9::bytea[])
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """What a handler needs of a record."""

    event_id: UUID
    key: str
    version: int
    partition: int
    offset: int
    journey_id: UUID
    traceparent: str
    result: ResultPublishedV1

    @classmethod
    def of(cls, record: ConsumerRecord) -> "Seen":
        """Read a record as a careful service does."""
        found = dict(record.headers)
        return cls(
            UUID(found["ce_id"].decode()),
            record.key.decode(),
            int(found["ce_aggregateversion"]),
            record.partition,
            record.offset,
            UUID(found["ce_journeyid"].decode()),
            found["traceparent"].decode(),
            ResultPublishedV1.model_validate_json(record.value),
        )


async def handle(connection: asyncpg.Connection, batch: Sequence[Seen]) -> None:
    """Apply events in one transaction: inbox, state, outbox; what was seen before has no effect."""
    once = list({one.event_id: one for one in batch}.values())
    origins = _columns((one.event_id, one.key, one.version, one.partition, one.offset) for one in once)
    async with connection.transaction():
        new = {row[0] for row in await connection.fetch(_REMEMBER, sample.SERVICE, sample.TOPIC, *origins)}
        fresh = [one for one in once if one.event_id in new]
        if not fresh:
            return
        last = {one.key: one for one in fresh}.values()
        states = [(one.result.application_id, one.result.outcome, one.result.total, one.version) for one in last]
        await connection.execute(_KEEP, *_columns(states))
        await connection.execute(_PUBLISH, *_columns(_answer(one) for one in fresh))


def _answer(one: Seen) -> tuple[Any, ...]:
    answer = sample.answer(one.result)
    names = (answer.topic, answer.key, answer.event_type, one.version, one.journey_id, one.event_id, one.traceparent)
    return (new_id(), *names, registry.encode(answer))


def _columns(rows: Iterable[Sequence[Any]]) -> list[list[Any]]:
    return [list(column) for column in zip(*rows, strict=True)]
