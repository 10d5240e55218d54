"""From the examiners' independent scores to one interview score."""

from collections.abc import Sequence
from decimal import Decimal
from enum import StrEnum

from services.grading.domain.scoring import kept


class Aggregate(StrEnum):
    """How the scores of a panel are joined."""

    MEAN = "mean"
    MEDIAN = "median"
    TRIMMED_MEAN = "trimmed_mean"


def join_panel(aggregate: Aggregate, scores: Sequence[Decimal]) -> Decimal:
    """Return the panel's score; raise `ValueError` if there are too few scores for it.

    The trimmed mean drops one highest and one lowest, also where several are equally high or low.
    """
    ranked = sorted(scores)
    if aggregate is Aggregate.TRIMMED_MEAN:
        ranked = ranked[1:-1]
    if not ranked:
        raise ValueError(f"{len(scores)} scores are too few for a {aggregate}")
    if aggregate is Aggregate.MEDIAN:
        ranked = ranked[(len(ranked) - 1) // 2 : len(ranked) // 2 + 1]
    return kept(sum(ranked, Decimal(0)) / len(ranked))
