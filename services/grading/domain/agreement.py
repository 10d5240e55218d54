"""When marks agree (误差分): two blind marks, else a third marker, else an arbitrator. A pure function of the marks."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from services.grading.domain.scoring import kept


class Stage(StrEnum):
    """How far the marks of a work have come."""

    MARKING = "marking"
    THIRD_NEEDED = "third_needed"
    ARBITRATION = "arbitration"
    AGREED = "agreed"
    ARBITRATED = "arbitrated"


@dataclass(frozen=True, slots=True)
class AgreementRules:
    """The plan's rules: by how many points of a hundred marks may differ, and whether across the pass line."""

    tolerance: Decimal
    no_straddle: bool
    pass_line: Decimal


class Marks(NamedTuple):
    """The current revision of each mark of one work."""

    first: Decimal | None = None
    second: Decimal | None = None
    third: Decimal | None = None
    arbitrator: Decimal | None = None


class Agreement(NamedTuple):
    """Where the marks stand, and the score if they are settled."""

    stage: Stage
    score: Decimal | None = None


def agree(rules: AgreementRules, marks: Marks) -> Agreement:
    """Return what the marks amount to. An arbitrator's mark stands whatever the others say."""
    if marks.arbitrator is not None:
        return Agreement(Stage.ARBITRATED, marks.arbitrator)
    if marks.first is None or marks.second is None:
        return Agreement(Stage.MARKING)
    if _may_pair(rules, marks.first, marks.second):
        return _agreed(marks.first, marks.second)
    if marks.third is None:
        return Agreement(Stage.THIRD_NEEDED)
    return _with_third(rules, marks.first, marks.second, marks.third)


def _with_third(rules: AgreementRules, first: Decimal, second: Decimal, third: Decimal) -> Agreement:
    partners = [mark for mark in (first, second) if _may_pair(rules, mark, third)]
    if not partners:
        return Agreement(Stage.ARBITRATION)
    # The closer pair counts; at equal distance the two higher of the three, in the candidate's favour.
    nearest = min(partners, key=lambda mark: (abs(mark - third), -mark))
    return _agreed(nearest, third)


def _may_pair(rules: AgreementRules, one: Decimal, other: Decimal) -> bool:
    straddles = (one >= rules.pass_line) != (other >= rules.pass_line)
    return abs(one - other) <= rules.tolerance and not (rules.no_straddle and straddles)


def _agreed(one: Decimal, other: Decimal) -> Agreement:
    return Agreement(Stage.AGREED, kept((one + other) / 2))
