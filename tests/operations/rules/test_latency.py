"""Percentiles of durations in buckets that double."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.operations.domain.latency import LAST_BUCKET, percentile


def test_percentiles_come_from_buckets():
    assert percentile({}, 0.5) is None
    assert percentile({3: 99, 20: 1}, 0.5) == 0.016
    assert percentile({3: 99, 20: 1}, 0.99) == 0.016
    assert percentile({3: 90, 20: 10}, 0.95) == pytest.approx(2_097.152)


@given(st.lists(st.integers(1, 2**LAST_BUCKET), min_size=1, max_size=200), st.integers(1, 100))
def test_a_percentile_is_at_least_the_exact_one_and_at_most_twice_as_high(durations, percent):
    buckets: dict[int, int] = {}
    for microseconds in durations:
        bucket = microseconds.bit_length() - 1
        buckets[bucket] = buckets.get(bucket, 0) + 1
    exact = sorted(durations)[-(-percent * len(durations) // 100) - 1]
    found = percentile(buckets, percent / 100)
    assert found is not None
    assert exact / 1_000 < found <= 2 * exact / 1_000
