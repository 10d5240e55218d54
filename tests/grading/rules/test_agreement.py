"""The worked examples of the scheme 2 + 1 + arbitration."""

from decimal import Decimal

import pytest

from services.grading.domain.agreement import Agreement, AgreementRules, Marks, Stage, agree

PLAIN = AgreementRules(tolerance=Decimal(5), no_straddle=False, pass_line=Decimal(60), places=2)
STRICT = AgreementRules(tolerance=Decimal(5), no_straddle=True, pass_line=Decimal(60), places=2)


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
        (("59.99", "60.00"), Stage.AGREED, "60.00"),  # 59.995
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
