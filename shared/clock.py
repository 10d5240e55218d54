"""The only place that asks for the time, so that tests can set it."""

from datetime import UTC, datetime, timedelta
from typing import Protocol


class Clock(Protocol):
    """Tells the current moment as an aware UTC datetime."""

    def now(self) -> datetime:
        """Return the current moment in UTC."""
        ...


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Return the machine's current moment in UTC."""
        return datetime.now(UTC)


class SettableClock:
    """A clock that stands still until it is told otherwise."""

    def __init__(self, start: datetime) -> None:
        """Start at an aware datetime."""
        self._now = start.astimezone(UTC)

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self._now

    def advance(self, by: timedelta) -> None:
        """Move forward (or back, to test clock jumps)."""
        self._now += by
