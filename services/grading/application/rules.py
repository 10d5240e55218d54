"""A frozen blueprint, translated once into what the rules of the domain need."""

from dataclasses import dataclass
from functools import lru_cache

from services.grading.domain.agreement import AgreementRules
from services.grading.domain.composition import CompositionRules, Part
from services.grading.domain.panel import Aggregate
from services.grading.domain.scoring import Criterion, Rubric
from shared.standards.blueprint import Blueprint
from shared.standards.components import Component
from shared.standards.criteria import Criterion as BlueprintCriterion
from shared.standards.rules import Marking, Panel


@dataclass(frozen=True, slots=True)
class WorksRules:
    """What is scored in the works of a component, and when marks agree."""

    rubric: Rubric
    agreement: AgreementRules


@dataclass(frozen=True, slots=True)
class PanelRules:
    """What is scored in an interview, by how many, and how their scores are joined."""

    rubric: Rubric
    size: int
    aggregate: Aggregate


@dataclass(frozen=True, slots=True)
class GradingRules:
    """The criteria and rules of one plan."""

    practical: WorksRules
    interview: PanelRules
    composition: CompositionRules
    requirements: tuple[str, ...]


@lru_cache(maxsize=256)
def read_blueprint(text: str) -> Blueprint:
    """Return the blueprint of a JSON text; it is frozen, so the same text is read once."""
    return Blueprint.model_validate_json(text)


@lru_cache(maxsize=256)
def rules_of(text: str) -> GradingRules:
    """Return the rules that a blueprint states; raise `ValueError` for other components than one of each kind."""
    blueprint = read_blueprint(text)
    parts = tuple(Part(each.code, each.line, each.weight) for each in blueprint.components)
    [practical] = [_works(each, each.marking) for each in blueprint.components if each.marking]
    [interview] = [_panel(each, each.panel) for each in blueprint.components if each.panel]
    return GradingRules(
        practical=practical,
        interview=interview,
        composition=CompositionRules(parts, blueprint.composition.line, blueprint.composition.step),
        requirements=blueprint.requirements,
    )


def _works(component: Component, marking: Marking) -> WorksRules:
    return WorksRules(_rubric(component), AgreementRules(marking.tolerance, marking.no_straddle, component.line))


def _panel(component: Component, panel: Panel) -> PanelRules:
    return PanelRules(_rubric(component), panel.size, Aggregate(panel.aggregate))


def _rubric(component: Component) -> Rubric:
    return Rubric([_criterion(criterion) for criterion in component.criteria])


def _criterion(criterion: BlueprintCriterion) -> Criterion:
    return Criterion(
        criterion.code, criterion.points, criterion.step, frozenset(band.up_to for band in criterion.bands)
    )
