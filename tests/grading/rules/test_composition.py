"""The outcome of a candidate, whatever components there are."""

from decimal import Decimal
from fractions import Fraction
from math import floor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.composition import ComponentScore, CompositionRules, Outcome, Part, compose
from services.grading.domain.panel import Aggregate, join_panel
from services.grading.domain.scoring import kept

CENT = Decimal("0.01")
PARTS = (Part("practical", Decimal(60), Decimal("0.7")), Part("interview", Decimal(60), Decimal("0.3")))
RULES = CompositionRules(PARTS, line=Decimal(0), step=CENT)
#: Theory 40 %, practical 60 %, and 60 in the total are enough.
COMPENSATORY = CompositionRules(
    (Part("theory", Decimal(0), Decimal("0.4")), Part("practical", Decimal(0), Decimal("0.6"))), Decimal(60), CENT
)


def composed(practical, interview, rules=RULES):
    return compose(rules, {"practical": practical, "interview": interview})


def test_both_lines_must_be_reached():
    assert composed(Decimal("60.00"), Decimal("60.00")).outcome is Outcome.PASSED
    assert composed(Decimal("59.99"), Decimal("99.00")).outcome is Outcome.FAILED
    # 90 and 40 make more than 60 in all, and still fail
    failed = composed(Decimal(90), Decimal(40))
    assert (failed.outcome, failed.total) == (Outcome.FAILED, Decimal("75.00"))
    assert failed.components == (
        ComponentScore("practical", Decimal(90), passed=True),
        ComponentScore("interview", Decimal(40), passed=False),
    )


def test_a_line_of_the_total_decides_where_components_have_none():
    assert compose(COMPENSATORY, {"theory": Decimal(90), "practical": Decimal(40)}).outcome is Outcome.PASSED
    assert compose(COMPENSATORY, {"theory": Decimal(89), "practical": Decimal(40)}).outcome is Outcome.FAILED


def test_lines_are_compared_with_what_is_shown():
    shown = composed(Decimal("59.995"), Decimal(100))
    assert (str(shown.components[0].score), shown.outcome) == ("60.00", Outcome.PASSED)
    assert composed(Decimal("59.99499"), Decimal(100)).outcome is Outcome.FAILED


def test_figures_are_rounded_once():
    # marks of 59.985 and 59.995 make 59.99; rounded one by one they would be 59.99 and 60.00, and 60.00 together
    agreed = kept((Decimal("59.985") + Decimal("59.995")) / 2)
    assert composed(agreed, Decimal(100)).outcome is Outcome.FAILED
    # 60.0349 and 60.0049: 60.0259; rounded first, 60.03 and 60.00 would be 60.021
    assert str(composed(Decimal("60.0349"), Decimal("60.0049")).total) == "60.03"


def test_a_step_need_not_be_a_power_of_ten():
    rules = CompositionRules(PARTS, line=Decimal(0), step=Decimal("0.5"))
    assert str(composed(Decimal("59.75"), Decimal("60.2"), rules).components[0].score) == "60.0"
    assert composed(Decimal("59.74"), Decimal("60.2"), rules).outcome is Outcome.FAILED


@pytest.mark.parametrize(("practical", "interview"), [(None, None), (Decimal(90), None), (None, Decimal(90))])
def test_absent_from_one_component_is_absent(practical, interview):
    found = composed(practical, interview)
    assert (found.outcome, found.total) == (Outcome.ABSENT, None)
    assert found.components[0].passed is (practical is not None)


halves = st.integers(0, 200).map(lambda number: Decimal(number) / 2)


@given(halves, halves, st.lists(halves, min_size=3, max_size=7))
def test_the_total_is_that_of_exact_fractions(first, second, panel):
    found = composed(kept((first + second) / 2), join_panel(Aggregate.MEAN, panel))
    exact = Fraction(first + second) / 2 * Fraction(7, 10) + Fraction(sum(panel)) / len(panel) * Fraction(3, 10)
    assert found.total is not None
    assert Fraction(found.total) == Fraction(floor(exact * 100 + Fraction(1, 2)), 100)
