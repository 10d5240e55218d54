"""The scheme 2 + 1 + arbitration: worked examples, and all mark triples on a small scale against a slow oracle."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from services.grading.domain.agreement import Agreement, AgreementRules, Marks, Stage, agree

PLAIN = AgreementRules(tolerance=Decimal(5), no_straddle=False, pass_line=Decimal(60))
STRICT = AgreementRules(tolerance=Decimal(5), no_straddle=True, pass_line=Decimal(60))


def marks(*given: str | int | None) -> Marks:
    return Marks(*(None if mark is None else Decimal(mark) for mark in given))


@pytest.mark.parametrize(
    ("given", "stage", "score"),
    [
        ((70,), Stage.MARKING, None),
        ((None, 70), Stage.MARKING, None),
        ((70, 75), Stage.AGREED, "72.5"),
        ((70, 76), Stage.THIRD_NEEDED, None),
        ((70, 76, 74), Stage.AGREED, "75"),
        ((70, 76, 73), Stage.AGREED, "74.5"),  # equally close: the two higher
        ((70, 76, 81), Stage.AGREED, "78.5"),
        ((70, 82, 76), Stage.ARBITRATION, None),
        ((70, 82, 76, 71), Stage.ARBITRATED, "71"),
        ((58, 63), Stage.AGREED, "60.5"),
        (("59.99", "60.00"), Stage.AGREED, "59.995"),  # rounded only when it is shown
    ],
)
def test_marks_amount_to(given, stage, score):
    agreement = agree(PLAIN, marks(*given))
    assert agreement == Agreement(stage, None if score is None else Decimal(score))


def test_pair_on_both_sides_of_the_pass_line_needs_a_third_when_straddling_is_barred():
    assert agree(STRICT, marks(58, 63)).stage is Stage.THIRD_NEEDED
    assert agree(STRICT, marks(58, 63, 61)) == Agreement(Stage.AGREED, Decimal(62))
    assert agree(STRICT, marks(58, 63, 59)) == Agreement(Stage.AGREED, Decimal("58.5"))
    assert agree(STRICT, marks(58, 63, 52)).stage is Stage.ARBITRATION
    assert agree(STRICT, marks(60, 63)) == Agreement(Stage.AGREED, Decimal("61.5"))


def test_revised_first_mark_is_judged_anew():
    assert agree(PLAIN, marks(70, 75, 90)).score == Decimal("72.5")
    assert agree(PLAIN, marks(60, 75, 73)).score == Decimal(74)


SCALE = range(56, 68)


def oracle(tolerance: int, line: int | None, one: int, two: int, third: int) -> tuple[str, Fraction | None, bool]:
    """Follow the published wording sentence by sentence: stage, score, and whether a third mark was asked for.

    `line` bars pairs on both its sides.
    """

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
    rules = AgreementRules(Decimal(tolerance), no_straddle, Decimal(60))
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
        rules = AgreementRules(Decimal(3), no_straddle, Decimal(60))
        marks = [Decimal(mark) for mark in (one, two, third)]
        assert agree(rules, Marks(*marks)) == agree(rules, Marks(marks[1], marks[0], marks[2]))
