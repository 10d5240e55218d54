"""A frozen blueprint, translated once into what the rules of the domain need."""

from dataclasses import dataclass
from functools import lru_cache

from services.grading.domain.agreement import AgreementRules
from services.grading.domain.composition import PassRules
from services.grading.domain.panel import Aggregate
from services.grading.domain.scoring import Criterion, Rubric
from shared.standards.blueprint import Blueprint
from shared.standards.criteria import Criterion as BlueprintCriterion


@dataclass(frozen=True, slots=True)
class GradingRules:
    """The criteria and rules of one plan."""

    practical: Rubric
    interview: Rubric
    agreement: AgreementRules
    passing: PassRules
    panel_size: int
    aggregate: Aggregate
    places: int
    requirements: tuple[str, ...]


@lru_cache(maxsize=256)
def read_blueprint(text: str) -> Blueprint:
    """Return the blueprint of a JSON text; it is frozen, so the same text is read once."""
    return Blueprint.model_validate_json(text)


@lru_cache(maxsize=256)
def rules_of(text: str) -> GradingRules:
    """Return the rules that a blueprint's JSON text states."""
    blueprint = read_blueprint(text)
    rules = blueprint.rules
    return GradingRules(
        practical=_rubric(blueprint.practical.criteria),
        interview=_rubric(blueprint.interview.criteria),
        agreement=AgreementRules(rules.tolerance, rules.no_straddle, rules.pass_line_practical, rules.rounding_places),
        passing=PassRules(
            rules.pass_line_practical,
            rules.pass_line_interview,
            rules.weight_practical,
            rules.weight_interview,
            rules.rounding_places,
        ),
        panel_size=rules.panel_size,
        aggregate=Aggregate(rules.panel_aggregate),
        places=rules.rounding_places,
        requirements=blueprint.requirements,
    )


def _rubric(criteria: tuple[BlueprintCriterion, ...]) -> Rubric:
    return Rubric([Criterion(criterion.code, criterion.points, criterion.step) for criterion in criteria])
