"""Which times are believed: a span from another age would end up in no partition and be kept for ever."""

from datetime import UTC, datetime, timedelta

_AHEAD = timedelta(hours=1)
_NANO = 1_000_000_000


def nanoseconds(moment: datetime) -> int:
    """Return a moment as nanoseconds since 1970, exact to the microsecond."""
    return int(moment.timestamp()) * _NANO + moment.microsecond * 1_000


def moment(nanoseconds: int) -> datetime:
    """Return the moment of so many nanoseconds since 1970."""
    seconds, rest = divmod(nanoseconds, _NANO)
    return datetime.fromtimestamp(seconds, UTC) + timedelta(microseconds=rest // 1_000)


def believable(now: datetime, retention: timedelta) -> tuple[int, int]:
    """Return the first and last start that is taken: within retention, and not beyond an hour of clock drift."""
    return nanoseconds(now - retention), nanoseconds(now + _AHEAD)
