"""Durations and moments as people read them."""

from datetime import datetime

from shared.clock import CHINA

_MICRO, _MILLI, _SECOND = 1_000, 1_000_000, 1_000_000_000
_MINUTE, _HOUR, _DAY = 60 * _SECOND, 3_600 * _SECOND, 86_400 * _SECOND


def brief(nanoseconds: int) -> str:
    """Return a duration with its two largest units, such as `3.2 s`, `4 min 5 s` or `12 d 3 h`."""
    for unit, name, next_unit, next_name in (
        (_DAY, "d", _HOUR, "h"),
        (_HOUR, "h", _MINUTE, "min"),
        (_MINUTE, "min", _SECOND, "s"),
    ):
        if nanoseconds >= unit:
            rest = nanoseconds % unit // next_unit
            return f"{nanoseconds // unit} {name}" + (f" {rest} {next_name}" if rest else "")
    for unit, name in ((_SECOND, "s"), (_MILLI, "ms")):
        if nanoseconds >= unit:
            value = nanoseconds / unit
            return f"{value:.1f} {name}" if value < 100 else f"{value:.0f} {name}"  # noqa: PLR2004  # three digits
    return f"{nanoseconds / _MICRO:.0f} µs"


def china_time(moment: datetime) -> str:
    """Return a moment as China's clocks show it."""
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
