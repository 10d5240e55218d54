"""From the points of each criterion to a component's score. Decimals only, rounded once, when they are shown."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

#: What people write: no exponents, no infinities, nothing that a screen would not show as it is.
_NUMBER = re.compile(r"-?[0-9]{1,4}(\.[0-9]{1,4})?")
_NOTHING = Decimal(0)
#: Values kept in memory for each rubric, whatever people write.
_REMEMBERED = 2048
#: Shares like 1/3 are kept with so many places that what is made of them can still be told from a half.
_KEPT = Decimal("1E-12")
_TOLD = Decimal("1E-9")


class ScoreFault(StrEnum):
    """Why the points given for one criterion cannot stand."""

    MISSING = "missing-criterion"
    UNKNOWN = "unknown-criterion"
    NOT_A_NUMBER = "not-a-number"
    NEGATIVE = "negative"
    ABOVE_MAXIMUM = "above-maximum"
    NOT_A_STEP = "not-a-step"
    NOT_A_BAND = "not-a-band"


@dataclass(frozen=True, slots=True)
class Criterion:
    """What may be given: from 0 to `points` in steps of `step`; where there is none, one of the `bands`."""

    code: str
    points: Decimal
    step: Decimal | None
    bands: frozenset[Decimal] = frozenset()


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


def kept(score: Decimal) -> Decimal:
    """Return a score as it is kept: not rounded to what is shown, and the same however it was worked out."""
    return score.quantize(_KEPT)


def shown(score: Decimal, step: Decimal) -> Decimal:
    """Return a kept score rounded half up to a multiple of `step`: 59.995 by steps of 0.01 is 60.00."""
    steps = (score.quantize(_TOLD) / step).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return (steps * step).quantize(step)


class Rubric:
    """The criteria of a component. It remembers good values, for markers give the same few over and over."""

    def __init__(self, criteria: Sequence[Criterion]) -> None:
        """Take the criteria, each code once."""
        self.criteria = tuple(criteria)
        self._maximum = sum((criterion.points for criterion in self.criteria), Decimal(0))
        self._worth: dict[tuple[str, str], Decimal] = {}

    def score(self, given: Mapping[str, str]) -> Scored:
        """Return the share of the points that can be had, of a hundred; or every fault found."""
        try:
            total = sum(map(self._worth.__getitem__, given.items()), _NOTHING)
        except KeyError:
            return self._examine(given)
        return self._scored(total) if len(given) == len(self.criteria) else self._examine(given)

    def _examine(self, given: Mapping[str, str]) -> Scored:
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
        return Scored(None, tuple(faults)) if faults else self._scored(total)

    def _scored(self, total: Decimal) -> Scored:
        return Scored(kept(total * 100 / self._maximum))


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
    if criterion.step is None:
        return points if points in criterion.bands else ScoreFault.NOT_A_BAND
    return ScoreFault.NOT_A_STEP if points % criterion.step else points
