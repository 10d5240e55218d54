"""From component scores to an outcome: components have lines and weights, and the total may have a line, too."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from services.grading.domain.scoring import shown


class Outcome(StrEnum):
    """What becomes of a candidate."""

    PASSED = "pass"
    FAILED = "fail"
    ABSENT = "absent"


class Part(NamedTuple):
    """A component's line and weight; its code is whatever the blueprint says."""

    code: str
    line: Decimal
    weight: Decimal


@dataclass(frozen=True, slots=True)
class CompositionRules:
    """The blueprint's components, the line of the total (0: none) and the step to which figures are rounded."""

    parts: tuple[Part, ...]
    line: Decimal
    step: Decimal


class ComponentScore(NamedTuple):
    """A component's score as it is shown, none where there is none, and whether it reached its line."""

    code: str
    score: Decimal | None
    passed: bool


class Composed(NamedTuple):
    """A candidate's result."""

    outcome: Outcome
    total: Decimal | None
    components: tuple[ComponentScore, ...]


def compose(rules: CompositionRules, scores: Mapping[str, Decimal | None]) -> Composed:
    """Join kept component scores; one that is `None` was missed. All lines must be reached, whatever the total is.

    Every figure is rounded once, out of exact scores, and lines are compared with what is shown.
    """
    components = tuple(_component(part, scores[part.code], rules.step) for part in rules.parts)
    total = _total(rules, scores)
    if total is None:
        return Composed(Outcome.ABSENT, None, components)
    passed = total >= rules.line and all(component.passed for component in components)
    return Composed(Outcome.PASSED if passed else Outcome.FAILED, total, components)


def _component(part: Part, score: Decimal | None, step: Decimal) -> ComponentScore:
    if score is None:
        return ComponentScore(part.code, None, passed=False)
    rounded = shown(score, step)
    return ComponentScore(part.code, rounded, passed=rounded >= part.line)


def _total(rules: CompositionRules, scores: Mapping[str, Decimal | None]) -> Decimal | None:
    total = Decimal(0)
    for part in rules.parts:
        score = scores[part.code]
        if score is None:
            return None
        total += score * part.weight
    return shown(total, rules.step)
