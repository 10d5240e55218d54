"""An event on its way: as a handler sees it, and as the relay reads it from the outbox."""

import itertools
from typing import Any
from uuid import UUID

from shared import ids
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.messaging.envelope import Envelope, Stored
from tests.worlds.payloads import NOW, journey

_TRACES = itertools.count(1)


def received(payload: EventPayload, *, version: int = 1) -> Received[Any]:
    """Return an event as a handler sees it, in a trace of its own."""
    trace = f"00-{next(_TRACES):032x}-00000000000000aa-01"
    return Received(ids.new_id(), payload.key, version, NOW, journey_of(payload), trace, payload)


def journey_of(payload: EventPayload) -> UUID | None:
    """Return the journey of the application that an event is about."""
    application: UUID | None = getattr(payload, "application_id", None)
    return application and journey(application)


def stored(envelope: Envelope, topic: str, payload: bytes) -> Stored:
    """Return what the outbox would give the relay for this event."""

    def text(value: object) -> bytes | None:
        return None if value is None else str(value).encode()

    return Stored(
        str(envelope.event_id).encode(),
        envelope.type.encode(),
        envelope.key.encode(),
        str(envelope.version).encode(),
        envelope.occurred_at.isoformat().encode(),
        text(envelope.journey_id),
        text(envelope.causation_id),
        text(envelope.traceparent),
        topic,
        payload,
    )
