"""The outcome of a candidate."""

from decimal import Decimal

import pytest

from services.grading.domain.composition import Component, Outcome, PassRules, compose

RULES = PassRules(Decimal(60), Decimal(60), Decimal("0.7"), Decimal("0.3"), 2)


def test_both_lines_must_be_reached():
    assert compose(RULES, Decimal("60.00"), Decimal("60.00")).outcome is Outcome.PASSED
    assert compose(RULES, Decimal("59.99"), Decimal("99.00")).outcome is Outcome.FAILED
    # 90 and 40 make more than 60 in all, and still fail
    failed = compose(RULES, Decimal(90), Decimal(40))
    assert (failed.outcome, failed.total) == (Outcome.FAILED, Decimal("75.00"))
    assert failed.practical == Component(Decimal(90), passed=True)
    assert failed.interview == Component(Decimal(40), passed=False)


def test_total_is_weighted_and_rounded_half_up():
    assert str(compose(RULES, Decimal("60.05"), Decimal("60.00")).total) == "60.04"  # 60.035
    assert compose(RULES, Decimal("59.995"), Decimal(100)).outcome is Outcome.FAILED


@pytest.mark.parametrize(("practical", "interview"), [(None, None), (Decimal(90), None), (None, Decimal(90))])
def test_absent_from_one_component_is_absent(practical, interview):
    composed = compose(RULES, practical, interview)
    assert (composed.outcome, composed.total) == (Outcome.ABSENT, None)
    assert composed.practical.passed is (practical is not None)
