"""Skill standards and assessment blueprints: what is taught, examined and certified."""

from shared.standards.blueprint import Blueprint, Criterion, Rules
from shared.standards.default import default_blueprint
from shared.standards.errors import BlueprintInvalid, LevelUnknown, StandardUnknown, UnitRefused
from shared.standards.loader import load_standard, standard_codes
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask

__all__ = [
    "Blueprint",
    "BlueprintInvalid",
    "Criterion",
    "Level",
    "LevelUnknown",
    "Rules",
    "SkillRequirement",
    "SkillStandard",
    "StandardUnknown",
    "Unit",
    "UnitRefused",
    "WorkTask",
    "default_blueprint",
    "load_standard",
    "standard_codes",
]
