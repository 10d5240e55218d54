"""From component scores to an outcome: each component has its own pass line, and weights make the total."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from services.grading.domain.scoring import half_up


class Outcome(StrEnum):
    """What becomes of a candidate."""

    PASSED = "pass"
    FAILED = "fail"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class PassRules:
    """Pass lines and weights of the plan's blueprint."""

    line_practical: Decimal
    line_interview: Decimal
    weight_practical: Decimal
    weight_interview: Decimal
    places: int


@dataclass(frozen=True, slots=True)
class Component:
    """A component's score, none for an absence, and whether it reached its line."""

    score: Decimal | None
    passed: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """A candidate's result."""

    outcome: Outcome
    total: Decimal | None
    practical: Component
    interview: Component


def compose(rules: PassRules, practical: Decimal | None, interview: Decimal | None) -> Composed:
    """Join two rounded component scores; `None` means absent. Both lines must be reached, whatever the total is."""
    parts = (_component(practical, rules.line_practical), _component(interview, rules.line_interview))
    if practical is None or interview is None:
        return Composed(Outcome.ABSENT, None, *parts)
    total = half_up(practical * rules.weight_practical + interview * rules.weight_interview, rules.places)
    outcome = Outcome.PASSED if all(part.passed for part in parts) else Outcome.FAILED
    return Composed(outcome, total, *parts)


def _component(score: Decimal | None, line: Decimal) -> Component:
    return Component(score, passed=score is not None and score >= line)
