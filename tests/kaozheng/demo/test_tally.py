"""The sums of the demo: they hold when everything adds up, and each one notices when something is missing."""

from dataclasses import fields, replace

import pytest

from kaozheng.demo.tally import Tally

#: A run in which everything adds up.
WHOLE = Tally(
    rows=100,
    rows_accepted=98,
    rows_refused=2,
    expected_bad_rows=2,
    admitted=97,
    review_refused=1,
    seated=97,
    sat=90,
    absent=7,
    works=90,
    interviews=90,
    passed=80,
    failed=10,
    absent_results=7,
    certificates=80,
    verified=80,
    revoked=1,
    tampered_refused=1,
)
#: Only told, not part of a sum.
TOLD = {"third_marks", "arbitrated"}


def test_all_sums_hold_when_nothing_is_missing():
    assert WHOLE.broken() == []


@pytest.mark.parametrize("name", [field.name for field in fields(Tally) if field.name not in TOLD])
def test_a_sum_breaks_when_one_is_lost_or_doubled(name):
    for change in (-1, 1):
        assert replace(WHOLE, **{name: getattr(WHOLE, name) + change}).broken() != []
