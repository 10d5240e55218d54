"""The only place that asks for the time, so that development and tests can set it (ADR 15)."""

import os
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Protocol

UNMOVED = timedelta()
_MICROSECOND = timedelta(microseconds=1)
#: China has one time zone and no summer time since 1991.
CHINA = timezone(timedelta(hours=8))


def china_day(moment: datetime) -> date:
    """Return the date in China at a moment: what people mean by today, by an age, by the day something closes."""
    return moment.astimezone(CHINA).date()


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


class BeforeTheMachine(ValueError):
    """A moved clock is never behind the machine's: what is recorded would look old, and be cleared away too soon."""


class MovableClock:
    """The machine's clock and so much more as a file says: who reads one file lives at one time.

    The clock goes on by itself; a move is seen by the next question of any process. No file: not moved.
    """

    def __init__(self, file: Path) -> None:
        """Take the file, which need not exist."""
        self._file = file
        self._seen: tuple[int, int] | None = None
        self._ahead = UNMOVED

    def now(self) -> datetime:
        """Return the machine's moment in UTC, moved."""
        return datetime.now(UTC) + self.ahead()

    def ahead(self) -> timedelta:
        """Return how far the clock is ahead of the machine's."""
        try:
            found = os.stat(self._file)  # noqa: PTH116 - asked with every question for the time, at half the cost
        except FileNotFoundError:
            self._seen = None
            return UNMOVED
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._seen:
            self._ahead = int(self._file.read_text("ascii")) * _MICROSECOND
            self._seen = seen
        return self._ahead

    def move(self, by: timedelta) -> None:
        """Move by so much, for everybody. Raises BeforeTheMachine."""
        self._write(self.ahead() + by)

    def set(self, moment: datetime) -> None:
        """Move to an aware datetime, for everybody. Raises BeforeTheMachine."""
        self._write(moment - datetime.now(UTC))

    def reset(self) -> None:
        """Go back to the machine's time, for everybody."""
        self._file.unlink(missing_ok=True)

    def _write(self, ahead: timedelta) -> None:
        if ahead < UNMOVED:
            raise BeforeTheMachine
        partial = self._file.with_name(f"{self._file.name}.{os.getpid()}")
        partial.write_text(str(ahead // _MICROSECOND), "ascii")
        partial.replace(self._file)
