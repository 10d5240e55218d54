"""An event as a handler sees it."""

from datetime import datetime
from typing import Generic, NamedTuple, TypeVar
from uuid import UUID

from shared.events.payload import EventPayload

PayloadT_co = TypeVar("PayloadT_co", bound=EventPayload, covariant=True)


class Received(NamedTuple, Generic[PayloadT_co]):
    """One decoded event with what its envelope says.

    `version` rises by one with every event of the same key and topic. `journey_id` joins everything that happens to
    one application; it is for traces only and must never be stored beside a work code. `traceparent` is the W3C
    context of the span that handles this event: what the handler publishes because of it carries it on.
    """

    event_id: UUID
    key: str
    version: int
    occurred_at: datetime
    journey_id: UUID | None
    traceparent: str | None
    data: PayloadT_co
