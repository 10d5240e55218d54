"""What the handlers need of the database."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import date
from typing import Protocol
from uuid import UUID

from services.operations.domain.model import Kind, Span


@dataclass(frozen=True, slots=True)
class Tally:
    """How often one operation ran since some moment, with durations in buckets (`domain.latency`)."""

    service: str
    name: str
    kind: Kind
    spans: int
    errors: int
    last: int
    buckets: Mapping[int, int]


class Spans(Protocol):
    """The stored spans."""

    async def add(self, spans: Sequence[Span]) -> None:
        """Store spans that are not stored yet, and count them per operation and minute."""
        ...

    async def count_ignored(self, day: date, reasons: Mapping[str, int]) -> None:
        """Remember how many spans were not taken, and why."""
        ...

    async def of_journey(self, journey_id: UUID, limit: int) -> Sequence[Span]:
        """Return the spans of a journey with their ancestors and the spans that they link to."""
        ...

    async def tallies(self, since: int) -> Sequence[Tally]:
        """Return what ran since a moment in nanoseconds, by service and operation."""
        ...

    async def ignored(self, since: date) -> Mapping[str, int]:
        """Return how many spans were not taken since a day, by reason."""
        ...

    async def keep_days(self, today: date, *, ahead: int, retention: int) -> None:
        """Make room for the coming days and drop those past retention."""
        ...


class Work(AbstractAsyncContextManager["Work"], Protocol):
    """One transaction."""

    spans: Spans


OpenWork = Callable[[], Work]
