"""What a service listens to: a table of event types and handlers."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from shared.events.payload import EventPayload
from shared.events.received import Received

#: Handles a sequence of events of one type, at most one per key, inside the given transaction, with set-based SQL.
Handler = Callable[[Any, Sequence[Received[Any]]], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Subscription:
    """One service's consumer: its group name and the handler of each event type it cares about."""

    consumer: str
    handlers: Mapping[type[EventPayload], Handler]

    @property
    def topics(self) -> tuple[str, ...]:
        """Return the topics to read, sorted."""
        return tuple(sorted({event.topic for event in self.handlers}))
