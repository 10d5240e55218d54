"""Durations in buckets that double: small enough to keep for every operation and minute, good enough for a console."""

from collections.abc import Mapping

#: Bucket n holds durations from 2^n to 2^(n+1) microseconds.
LAST_BUCKET = 40


def percentile(buckets: Mapping[int, int], share: float) -> float | None:
    """Return the milliseconds that `share` of the durations stay below, at most twice too high."""
    rest = share * sum(buckets.values())
    for bucket in sorted(buckets):
        rest -= buckets[bucket]
        if rest <= 0:
            return float(2 ** (bucket + 1)) / 1_000
    return None
