"""What people read of the standards: which there are, one level with what it includes, one requirement in its place."""

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import ParamSpec, TypeVar

from services.exam.application.errors import RequirementUnknown
from shared.errors import Invalid
from shared.standards.catalogue import Catalogue
from shared.standards.codes import LevelName
from shared.standards.errors import StandardUnknown
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask
from shared.standards.searching import Hit, search

Result = TypeVar("Result")
Given = ParamSpec("Given")


@dataclass(frozen=True, slots=True)
class KnownStandard:
    """The newest edition of a standard, and which editions there are, newest first."""

    standard: SkillStandard
    editions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CoveredLevel:
    """A level, and the requirements that it includes from the levels below."""

    standard: SkillStandard
    level: Level
    covered: tuple[SkillRequirement, ...]


@dataclass(frozen=True, slots=True)
class PlacedRequirement:
    """A requirement with everything that it lies under."""

    standard: SkillStandard
    level: Level
    unit: Unit
    task: WorkTask
    requirement: SkillRequirement


async def read(work: Callable[Given, Result], *args: Given.args, **kwargs: Given.kwargs) -> Result:
    """Return what a function makes of the catalogue. It may read and compare large files, so it has its own thread."""
    return await asyncio.to_thread(work, *args, **kwargs)


def standards(catalogue: Catalogue) -> tuple[list[KnownStandard], tuple[Invalid, ...]]:
    """Return the standards by code, and what is wrong with files that cannot be used."""
    known = [KnownStandard(each, catalogue.editions(each.code)) for each in catalogue.standards()]
    return known, catalogue.broken()


def covered_level(catalogue: Catalogue, code: str, edition: str | None, name: str) -> CoveredLevel:
    """Return a level of a standard; raise `StandardUnknown` or `LevelUnknown`."""
    standard = catalogue.standard(code, edition)
    level = standard.level(name)
    own = {requirement.code for requirement in level.requirements}
    below = tuple(requirement for requirement in standard.covers(name) if requirement.code not in own)
    return CoveredLevel(standard, level, below)


def requirement(catalogue: Catalogue, code: str, edition: str | None = None) -> PlacedRequirement:
    """Return a requirement, of the newest edition unless one is named; raise `RequirementUnknown`."""
    try:
        standard = catalogue.standard(code.partition(":")[0], edition)
    except StandardUnknown:
        raise RequirementUnknown from None
    for placed in _placed(standard):
        if placed.requirement.code == code:
            return placed
    raise RequirementUnknown


def requirements(catalogue: Catalogue, words: str, *, standard: str | None, level: LevelName | None) -> list[Hit]:
    """Return the requirements of the newest editions that have all the words, the best first."""
    chosen = [each for each in catalogue.standards() if standard in (None, each.code)]
    return [hit for hit in search(chosen, words, level=level) if hit.kind == "requirement"]


def _placed(standard: SkillStandard) -> Iterator[PlacedRequirement]:
    return (
        PlacedRequirement(standard, level, unit, task, each)
        for level in standard.levels
        for unit in level.units
        for task in unit.tasks
        for each in task.requirements
    )
