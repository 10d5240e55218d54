"""Skill standards and assessment blueprints: what is taught, examined and certified."""

from shared.standards.authoring import parse_blueprint
from shared.standards.blueprint import Blueprint
from shared.standards.catalogue import BUILT_IN, Catalogue, load_standard
from shared.standards.checking import check_blueprint
from shared.standards.criteria import Criterion
from shared.standards.default import default_blueprint
from shared.standards.errors import BlueprintInvalid, LevelUnknown, StandardUnknown, UnitRefused
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask
from shared.standards.template import template

__all__ = [
    "BUILT_IN",
    "Blueprint",
    "BlueprintInvalid",
    "Catalogue",
    "Criterion",
    "Level",
    "LevelUnknown",
    "SkillRequirement",
    "SkillStandard",
    "StandardUnknown",
    "Unit",
    "UnitRefused",
    "WorkTask",
    "check_blueprint",
    "default_blueprint",
    "load_standard",
    "parse_blueprint",
    "template",
]
