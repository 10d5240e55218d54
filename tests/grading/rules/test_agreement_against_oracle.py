"""All mark triples on a small scale, against a slow oracle that follows the published wording sentence by sentence."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from services.grading.domain.agreement import AgreementRules, Marks, Stage, agree

SCALE = range(56, 68)


def oracle(tolerance: int, line: int | None, one: int, two: int, third: int) -> tuple[str, Fraction | None, bool]:
    """Return stage, score, and whether the third mark was asked for; `line` bars pairs on both its sides."""

    def within(left: int, right: int) -> bool:
        same_side = line is None or (left >= line and right >= line) or (left < line and right < line)
        return max(left, right) - min(left, right) <= tolerance and same_side

    if within(one, two):
        return "agreed", Fraction(one + two, 2), False
    if within(third, one) and within(third, two):
        if abs(third - one) < abs(third - two):
            return "agreed", Fraction(third + one, 2), True
        if abs(third - two) < abs(third - one):
            return "agreed", Fraction(third + two, 2), True
        _, middle, highest = sorted((one, two, third))
        return "agreed", Fraction(middle + highest, 2), True
    for mark in (one, two):
        if within(third, mark):
            return "agreed", Fraction(third + mark, 2), True
    return "arbitration", None, True


@pytest.mark.parametrize("tolerance", [0, 1, 2, 3, 5])
@pytest.mark.parametrize("no_straddle", [False, True])
def test_every_triple_agrees_with_the_oracle(tolerance, no_straddle):
    rules = AgreementRules(Decimal(tolerance), no_straddle, Decimal(60), 2)
    for one, two, third in product(SCALE, repeat=3):
        stage, score, asked = oracle(tolerance, 60 if no_straddle else None, one, two, third)
        found = agree(rules, Marks(Decimal(one), Decimal(two), Decimal(third)))
        exact = None if found.score is None else Fraction(found.score)
        assert found.stage == stage, (one, two, third)
        assert exact == score, (one, two, third)
        early = agree(rules, Marks(Decimal(one), Decimal(two)))
        assert (early.stage is Stage.THIRD_NEEDED) is asked, (one, two)


def test_order_of_the_two_blind_marks_never_matters():
    for no_straddle, (one, two, third) in product((False, True), product(SCALE, repeat=3)):
        rules = AgreementRules(Decimal(3), no_straddle, Decimal(60), 2)
        marks = [Decimal(mark) for mark in (one, two, third)]
        assert agree(rules, Marks(*marks)) == agree(rules, Marks(marks[1], marks[0], marks[2]))
