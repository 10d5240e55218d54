"""The clock of this process jumps, as when an operator or a time server sets it; the monotonic clock goes on."""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from shared.clock import SystemClock

_TRUE_NANOSECONDS = time.time_ns

#: After so many looks at it the clock is so many seconds off; `None` instead of a number: it stands still.
Jump = tuple[int, float | None]


def jump(jumps: Sequence[Jump]) -> None:
    """Let every clock that this process can ask follow the jumps from now on."""
    if not jumps:
        return
    looks = 0
    begun = time.time_ns()

    def nanoseconds() -> int:
        nonlocal looks
        looks += 1
        off: float | None = 0.0
        for after, by in jumps:
            if looks > after:
                off = by
        return begun if off is None else _TRUE_NANOSECONDS() + int(off * 1e9)

    def now(_: SystemClock) -> datetime:
        return datetime.fromtimestamp(nanoseconds() / 1e9, UTC)

    time.time_ns = nanoseconds
    time.time = lambda: nanoseconds() / 1e9
    SystemClock.now = now  # type: ignore[method-assign,assignment]
