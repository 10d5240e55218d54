"""A span as it is kept."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum
from typing import NamedTuple
from uuid import UUID

Value = str | int | float | bool


class Kind(IntEnum):
    """The side of a call that a span describes, numbered as in OTLP."""

    UNSPECIFIED = 0
    INTERNAL = 1
    SERVER = 2
    CLIENT = 3
    PRODUCER = 4
    CONSUMER = 5


class Status(IntEnum):
    """How a span ended, numbered as in OTLP."""

    UNSET = 0
    OK = 1
    ERROR = 2


class Link(NamedTuple):
    """A span elsewhere that this one came from; in a batch, also which journey and event it stands for."""

    trace_id: bytes
    span_id: bytes
    journey_id: UUID | None = None
    event_type: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """One piece of work in one service; times are nanoseconds since 1970."""

    trace_id: bytes
    span_id: bytes
    parent_id: bytes | None
    service: str
    name: str
    kind: Kind
    status: Status
    start: int
    end: int
    attributes: Mapping[str, Value] = field(default_factory=dict)
    links: tuple[Link, ...] = ()
    journey_id: UUID | None = None

    @property
    def journeys(self) -> frozenset[UUID]:
        """Return the journeys it belongs to: its own and those of its links."""
        found = {link.journey_id for link in self.links if link.journey_id}
        return frozenset(found | {self.journey_id} if self.journey_id else found)
