"""Collects a transaction's events and writes them with one statement, just before it commits."""

from collections.abc import Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.events.payload import EventPayload
from shared.events.registry import encode

_INSERT = text("""
    INSERT INTO outbox (event_id, topic, key, type, version, journey_id, causation_id, traceparent, payload)
    SELECT event_id, topic, key, type, version, journey_id, causation_id, traceparent, payload
      FROM unnest(CAST(:event_ids AS uuid[]), CAST(:topics AS text[]), CAST(:keys AS text[]), CAST(:types AS text[]),
                  CAST(:versions AS bigint[]), CAST(:journeys AS uuid[]), CAST(:causes AS uuid[]),
                  CAST(:traces AS text[]), CAST(:payloads AS bytea[]))
           WITH ORDINALITY
           AS e (event_id, topic, key, type, version, journey_id, causation_id, traceparent, payload, ord)
     ORDER BY ord
""")


class OutgoingEvent(NamedTuple):
    """An event about to be written: its payload and what its envelope will say."""

    event_id: UUID
    payload: EventPayload
    version: int
    journey_id: UUID | None
    causation_id: UUID | None
    traceparent: str | None


async def write(session: AsyncSession, events: Sequence[OutgoingEvent]) -> None:
    """Insert the events in their order, so that `seq` follows the order of appending."""
    if not events:
        return
    connection = await session.connection()  # SQLModel warns of its own session.execute
    await connection.execute(
        _INSERT,
        {
            "event_ids": [event.event_id for event in events],
            "topics": [event.payload.topic for event in events],
            "keys": [event.payload.key for event in events],
            "types": [event.payload.event_type for event in events],
            "versions": [event.version for event in events],
            "journeys": [event.journey_id for event in events],
            "causes": [event.causation_id for event in events],
            "traces": [event.traceparent for event in events],
            "payloads": [encode(event.payload) for event in events],
        },
    )
