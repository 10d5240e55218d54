"""How much tracing may cost: so much a second, with what quiet seconds left over."""

import time
from collections.abc import Callable

#: What was not used is kept for so many seconds, so that a short run or a sudden batch is still seen whole.
_KEPT_SECONDS = 10


class Allowance:
    """Gives out `per_second` on average, and what was saved up, ten seconds' worth at most, at once."""

    def __init__(self, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        """Start with everything saved up. `per_second` is a number of things, 0 or more; the clock gives seconds."""
        self._per_second = per_second
        self._most = self._left = per_second * _KEPT_SECONDS
        self._clock = clock
        self._at = clock()

    def take(self, wanted: int) -> int:
        """Return how many of the wanted things are granted, and count them as used."""
        granted = min(wanted, int(self._now()))
        self._left -= granted
        return granted

    def take_all(self, wanted: int) -> bool:
        """Tell whether all are granted; if not, none is used."""
        return self._now() >= wanted and self.take(wanted) == wanted

    def _now(self) -> float:
        now = self._clock()
        self._left = min(self._most, self._left + (now - self._at) * self._per_second)
        self._at = now
        return self._left
