"""How the scores of a panel are joined: published examples, and exact fractions."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.grading.domain.panel import Aggregate, join_panel
from services.grading.domain.scoring import shown

halves = st.integers(0, 40).map(lambda number: Decimal(number) / 2)


def scores(text: str) -> list[Decimal]:
    return [Decimal(part) for part in text.split()]


@pytest.mark.parametrize(
    ("aggregate", "given", "joined"),
    [
        (Aggregate.TRIMMED_MEAN, "86 86 84.5 83 82.5 82 80", "83.60"),  # equally high: only one is dropped
        (Aggregate.TRIMMED_MEAN, "90.5 88.25 88.25 87.5 87 86.12 80", "87.42"),
        (Aggregate.TRIMMED_MEAN, "70 70 70", "70.00"),
        (Aggregate.MEAN, "60 60 59.985", "60.00"),  # 59.995
        (Aggregate.MEAN, "70 80 90", "80.00"),
        (Aggregate.MEDIAN, "70 90 71", "71.00"),
        (Aggregate.MEDIAN, "70 90 71 80", "75.50"),
        (Aggregate.MEDIAN, "70", "70.00"),
    ],
)
def test_panel_is_joined(aggregate, given, joined):
    assert str(shown(join_panel(aggregate, scores(given)), Decimal("0.01"))) == joined
    assert str(shown(join_panel(aggregate, scores(given)[::-1]), Decimal("0.01"))) == joined


@pytest.mark.parametrize(("aggregate", "given"), [(Aggregate.MEAN, ""), (Aggregate.TRIMMED_MEAN, "70 80")])
def test_too_few_scores_are_refused(aggregate, given):
    with pytest.raises(ValueError, match="too few"):
        join_panel(aggregate, scores(given))


@given(st.lists(halves, min_size=3, max_size=9), st.sampled_from(Aggregate), st.randoms())
def test_panel_ignores_order_and_stays_between_its_extremes(given_scores, aggregate, shuffler):
    joined = join_panel(aggregate, given_scores)
    assert min(given_scores) <= joined <= max(given_scores)
    shuffler.shuffle(given_scores)
    assert join_panel(aggregate, given_scores) == joined


@given(st.lists(halves, min_size=3, max_size=9))
def test_trimmed_mean_is_the_exact_mean_of_the_rest(given_scores):
    rest = sorted(given_scores)[1:-1]
    mean = Fraction(sum(rest)) / len(rest)
    assert abs(Fraction(join_panel(Aggregate.TRIMMED_MEAN, given_scores)) - mean) <= Fraction(1, 10**12) / 2
