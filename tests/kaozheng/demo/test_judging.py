"""The demo's judges: repeatable, within the scale, mostly near each other, sometimes far apart."""

from decimal import Decimal

import pytest

from kaozheng.demo.judging import Scale, scales, scores

FORM = scales([{"code": f"c{number}", "points": "10", "step": "0.5"} for number in range(12)])
CODES = [f"W{number}" for number in range(400)]


def share(code: str, judge: str) -> float:
    """Return a judge's score of a hundred."""
    return sum(map(float, scores(1, code, judge, FORM).values())) / 1.2


@pytest.mark.parametrize(
    ("points", "step", "choices"),
    [("1", "0.5", ["0.0", "0.5", "1.0"]), ("3", "1", ["0", "1", "2", "3"]), ("2.5", "1", ["0", "1", "2", "2.5"])],
)
def test_a_scale_goes_in_steps_from_nothing_to_full_points(points: str, step: str, choices: list[str]) -> None:
    assert Scale.of({"code": "c", "points": points, "step": step}).choices == choices


def test_scores_are_repeatable_and_on_the_scale() -> None:
    given = scores(1, "W1", "marker-1", FORM)
    assert given == scores(1, "W1", "marker-1", FORM)
    assert given != scores(2, "W1", "marker-1", FORM)
    assert list(given) == [scale.code for scale in FORM]
    assert all(Decimal(points) % Decimal("0.5") == 0 and 0 <= Decimal(points) <= 10 for points in given.values())


def test_most_pass_and_some_pairs_disagree() -> None:
    pairs = [(share(code, "marker-1"), share(code, "marker-2")) for code in CODES]
    failed = sum((one + other) / 2 < 60 for one, other in pairs) / len(pairs)
    apart = sum(abs(one - other) > 5 for one, other in pairs) / len(pairs)
    assert 0.05 < failed < 0.2
    assert 0.03 < apart < 0.15
