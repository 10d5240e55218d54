"""A token bucket per client address, in this process: enough to make guessing names hopeless."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass

_MINUTE = 60.0


@dataclass(frozen=True, slots=True)
class Allowance:
    """Whether a request may pass, and what to tell the caller (`RateLimit` header fields of the IETF draft)."""

    is_allowed: bool
    left: int
    burst: int
    wait_seconds: int

    def headers(self) -> dict[str, str]:
        """Return the header fields; `Retry-After` only with a refusal."""
        fields = {
            "RateLimit-Policy": f'"lookup";q={self.burst};w=60',
            "RateLimit": f'"lookup";r={self.left};t={self.wait_seconds}',
        }
        return fields if self.is_allowed else {**fields, "Retry-After": str(self.wait_seconds)}


class TokenBuckets:
    """The buckets of all addresses; the least recently seen are forgotten beyond `capacity`."""

    def __init__(
        self, burst: int, per_minute: int, *, seconds: Callable[[], float] = time.monotonic, capacity: int = 10_000
    ) -> None:
        """Let `burst` requests through at once and `per_minute` more each minute."""
        self._burst, self._per_second, self._capacity = burst, per_minute / _MINUTE, capacity
        self._seconds = seconds
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, address: str) -> Allowance:
        """Take one token of an address's bucket."""
        now = self._seconds()
        level, seen = self._buckets.pop(address, (float(self._burst), now))
        level = min(float(self._burst), level + (now - seen) * self._per_second)
        is_allowed = level >= 1
        level -= 1 if is_allowed else 0
        self._buckets[address] = (level, now)
        if len(self._buckets) > self._capacity:
            self._buckets.popitem(last=False)
        wait = math.ceil(max(0.0, 1 - level) / self._per_second)
        return Allowance(is_allowed, int(level), self._burst, wait)
