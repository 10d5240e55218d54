"""From the points of each criterion to a component's score. Decimal only, rounded half up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

#: What people write: no exponents, no infinities, nothing that a screen would not show as it is.
_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?")


class ScoreFault(StrEnum):
    """Why the points given for one criterion cannot stand."""

    MISSING = "missing-criterion"
    UNKNOWN = "unknown-criterion"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    ABOVE_MAXIMUM = "above-maximum"
    NOT_A_STEP = "not-a-step"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What may be given: from 0 to `points` in steps of `step`."""

    code: str
    points: Decimal
    step: Decimal


@dataclass(frozen=True, slots=True)
class Fault:
    """One criterion and what is wrong with its points."""

    criterion: str
    fault: ScoreFault


@dataclass(frozen=True, slots=True)
class Scored:
    """The points as given, checked, with the score they make; or the faults, and no score."""

    score: Decimal | None
    faults: tuple[Fault, ...] = ()


def half_up(value: Decimal, places: int) -> Decimal:
    """Round half up, so that 59.995 to two places is 60.00."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def score_component(criteria: Sequence[Criterion], given: Mapping[str, str], places: int) -> Scored:
    """Return the share of the points that can be had, of a hundred; or every fault found."""
    total = maximum = Decimal(0)
    faults = []
    for criterion in criteria:
        maximum += criterion.points
        points = _points(criterion.points, criterion.step, given.get(criterion.code))
        if isinstance(points, ScoreFault):
            faults.append(Fault(criterion.code, points))
        else:
            total += points
    if len(given) + sum(fault.fault is ScoreFault.MISSING for fault in faults) > len(criteria):
        known = {criterion.code for criterion in criteria}
        faults += [Fault(code, ScoreFault.UNKNOWN) for code in given if code not in known]
    if faults:
        return Scored(None, tuple(faults))
    return Scored(half_up(total * 100 / maximum, places))


# Markers give the same few values over and over: remembering them halves the time of a bulk request's checks.
@lru_cache(maxsize=4096)
def _points(maximum: Decimal, step: Decimal, text: str | None) -> Decimal | ScoreFault:
    if text is None:
        return ScoreFault.MISSING
    if not _NUMBER.fullmatch(text):
        return ScoreFault.NOT_A_NUMBER
    points = Decimal(text)
    if points < 0:
        return ScoreFault.NEGATIVE
    if points > maximum:
        return ScoreFault.ABOVE_MAXIMUM
    return ScoreFault.NOT_A_STEP if points % step else points
