"""From the points of each criterion to a component's score. Decimal only, rounded half up."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from functools import lru_cache

#: What people write: no exponents, no infinities, nothing that a screen would not show as it is.
_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?")
_NOTHING = Decimal(0)
#: Values kept in memory for each rubric, whatever people write.
_REMEMBERED = 2048


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
    return value.quantize(_unit(places), rounding=ROUND_HALF_UP)


@lru_cache
def _unit(places: int) -> Decimal:
    return Decimal(1).scaleb(-places)


class Rubric:
    """The criteria of a component. It remembers good values, for markers give the same few over and over."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        """Take the criteria, each code once."""
        self.criteria = tuple(criteria)
        self._maximum = sum((criterion.points for criterion in self.criteria), Decimal(0))
        self._worth: dict[tuple[str, str], Decimal] = {}

    def score(self, given: Mapping[str, str], places: int) -> Scored:
        """Return the share of the points that can be had, of a hundred; or every fault found."""
        try:
            total = sum(map(self._worth.__getitem__, given.items()), _NOTHING)
        except KeyError:
            return self._examine(given, places)
        return self._scored(total, places) if len(given) == len(self.criteria) else self._examine(given, places)

    def _examine(self, given: Mapping[str, str], places: int) -> Scored:
        faults, total = [], _NOTHING
        for criterion in self.criteria:
            text = given.get(criterion.code)
            points = _points(criterion, text)
            if isinstance(points, ScoreFault):
                faults.append(Fault(criterion.code, points))
                continue
            total += points
            if text is not None and len(self._worth) < _REMEMBERED:
                self._worth[criterion.code, text] = points
        known = {criterion.code for criterion in self.criteria}
        faults += [Fault(code, ScoreFault.UNKNOWN) for code in given if code not in known]
        return Scored(None, tuple(faults)) if faults else self._scored(total, places)

    def _scored(self, total: Decimal, places: int) -> Scored:
        return Scored(half_up(total * 100 / self._maximum, places))


def _points(criterion: Criterion, text: str | None) -> Decimal | ScoreFault:
    if text is None:
        return ScoreFault.MISSING
    if not _NUMBER.fullmatch(text):
        return ScoreFault.NOT_A_NUMBER
    points = Decimal(text)
    if points < 0:
        return ScoreFault.NEGATIVE
    if points > criterion.points:
        return ScoreFault.ABOVE_MAXIMUM
    return ScoreFault.NOT_A_STEP if points % criterion.step else points
