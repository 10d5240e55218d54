"""Scores against exact fractions, and panels that do not care who spoke first."""

from decimal import Decimal
from fractions import Fraction
from math import floor

from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.panel import Aggregate, join_panel
from services.grading.domain.scoring import Criterion, Rubric

halves = st.integers(0, 40).map(lambda number: Decimal(number) / 2)


def exact_half_up(value: Fraction) -> Fraction:
    return Fraction(floor(value * 100 + Fraction(1, 2)), 100)


@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 60)), min_size=1, max_size=20))
def test_score_is_the_exact_share_rounded_half_up(parts):
    criteria = [Criterion(f"c{number}", Decimal(points), Decimal("0.5")) for number, (points, _) in enumerate(parts)]
    given_points = [min(Decimal(half) / 2, Decimal(points)) for points, half in parts]
    scored = Rubric(criteria).score({f"c{at}": str(points) for at, points in enumerate(given_points)}, 2)
    share = Fraction(sum(given_points)) * 100 / sum(points for points, _ in parts)
    assert scored.faults == ()
    assert scored.score is not None
    assert Fraction(scored.score) == exact_half_up(share)
    assert 0 <= scored.score <= 100


@given(st.lists(halves, min_size=3, max_size=9), st.sampled_from(Aggregate), st.randoms())
def test_panel_ignores_order_and_stays_between_its_extremes(scores, aggregate, shuffler):
    joined = join_panel(aggregate, scores, 2)
    assert min(scores) <= joined <= max(scores)
    shuffler.shuffle(scores)
    assert join_panel(aggregate, scores, 2) == joined


@given(st.lists(halves, min_size=3, max_size=9))
def test_trimmed_mean_is_the_exact_mean_of_the_rest(scores):
    rest = sorted(scores)[1:-1]
    assert Fraction(join_panel(Aggregate.TRIMMED_MEAN, scores, 2)) == exact_half_up(Fraction(sum(rest)) / len(rest))
