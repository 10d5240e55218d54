"""Points of criteria become a score, and what cannot stand is told."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.scoring import Criterion, Fault, Rubric, ScoreFault, kept, shown

CRITERIA = (
    Criterion("a", Decimal(10), Decimal("0.5")),
    Criterion("b", Decimal(10), Decimal("0.5")),
    Criterion("c", Decimal(30), Decimal(1)),
)


@pytest.mark.parametrize(
    ("value", "rounded"),
    [("59.995", "60.00"), ("59.9949", "59.99"), ("87.424", "87.42"), ("0.005", "0.01"), ("2.675", "2.68")],
)
def test_rounds_half_up_in_decimals(value, rounded):
    assert str(shown(Decimal(value), Decimal("0.01"))) == rounded


def test_a_half_made_of_thirds_is_still_a_half():
    third = kept(Decimal("29.985") / 3)  # times 3 it is 29.985 again, not 29.98499…
    assert str(shown(third * 3, Decimal("0.01"))) == "29.99"


def test_only_the_bands_of_a_judged_criterion_can_be_given():
    judged = Rubric([Criterion("a", Decimal(10), None, frozenset(map(Decimal, (0, 4, 8, 10))))])
    assert judged.score({"a": "8"}).score == 80
    assert judged.score({"a": "8.0"}).score == 80
    assert judged.score({"a": "7.5"}).faults == (Fault("a", ScoreFault.NOT_A_BAND),)
    assert judged.score({"a": "10.5"}).faults == (Fault("a", ScoreFault.ABOVE_MAXIMUM),)


def test_score_is_the_share_of_all_points():
    assert Rubric(CRITERIA).score({"a": "8.5", "b": "10", "c": "29"}).score == Decimal("95.00")
    thirds = (Criterion("a", Decimal(3), Decimal(1)),)
    assert str(Rubric(thirds).score({"a": "2"}).score) == "66.666666666667"
    # 59.995 exactly: a binary float would fail this candidate
    fine = (Criterion("a", Decimal(20000), Decimal(1)),)
    score = Rubric([Criterion("a", Decimal(2000), Decimal("0.1"))]).score({"a": "1199.9"}).score
    assert score == Decimal("59.995")
    assert Rubric(fine).score({"a": "0"}).score == 0


@pytest.mark.parametrize(
    ("points", "fault"),
    [
        ("10.5", ScoreFault.ABOVE_MAXIMUM),
        ("-0.5", ScoreFault.NEGATIVE),
        ("8.3", ScoreFault.NOT_A_STEP),
        ("NaN", ScoreFault.NOT_A_NUMBER),
        ("1e1", ScoreFault.NOT_A_NUMBER),
        ("1_0", ScoreFault.NOT_A_NUMBER),
        ("", ScoreFault.NOT_A_NUMBER),
        ("八", ScoreFault.NOT_A_NUMBER),
    ],
)
def test_points_that_cannot_stand_are_named(points, fault):
    assert Rubric(CRITERIA).score({"a": points, "b": "1", "c": "1"}).faults == (Fault("a", fault),)


def test_all_faults_of_a_work_are_found_at_once():
    scored = Rubric(CRITERIA).score({"a": "99", "c": "1", "x": "1"})
    assert scored.score is None
    assert scored.faults == (
        Fault("a", ScoreFault.ABOVE_MAXIMUM),
        Fault("b", ScoreFault.MISSING),
        Fault("x", ScoreFault.UNKNOWN),
    )


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 60)), min_size=1, max_size=20))
def test_score_is_the_exact_share(parts):
    criteria = [Criterion(f"c{number}", Decimal(points), Decimal("0.5")) for number, (points, _) in enumerate(parts)]
    given_points = [min(Decimal(half) / 2, Decimal(points)) for points, half in parts]
    scored = Rubric(criteria).score({f"c{at}": str(points) for at, points in enumerate(given_points)})
    share = Fraction(sum(given_points)) * 100 / sum(points for points, _ in parts)
    assert scored.faults == ()
    assert scored.score is not None
    assert abs(Fraction(scored.score) - share) <= Fraction(1, 10**12) / 2
    assert 0 <= scored.score <= 100
