"""The schema of a skill standard: standard, level, unit, work task, skill requirement. Frozen; codes are stable."""

from collections.abc import Iterator
from typing import Any, Literal, Self

from pydantic import Field, computed_field, model_validator

from shared.standards.codes import LEVELS, Edition, ItemCode, LevelName, StandardCode, Text, level_of
from shared.standards.errors import LevelUnknown
from shared.standards.preamble import (
    Assessment,
    Inclusion,
    Majors,
    Named,
    NormativeReference,
    Posts,
    Publisher,
    Scope,
    SkillCategory,
    StandardPart,
    Term,
)


class Coded(StandardPart):
    """A node of the tree: it has a stable code, and `clause` is its number as the document prints it."""

    code: ItemCode
    clause: Text

    @computed_field  # type: ignore[prop-decorator]
    @property
    def level(self) -> str:
        """Return the level that the code names."""
        return level_of(self.code)

    @model_validator(mode="before")
    @classmethod
    def _level_agrees(cls, data: Any) -> Any:
        """Take back what `level` has written; the code alone decides."""
        if isinstance(data, dict) and "level" in data:
            data = dict(data)
            told, code = data.pop("level"), str(data.get("code"))
            if f":{told}:" not in code:
                raise ValueError(f"level {told} does not agree with code {code}")
        return data


class SkillRequirement(Coded):
    """职业技能要求: one thing a person can do. Stored descriptions are our own words, imported ones the document's."""

    title: Text | None = None
    title_en: Text | None = None
    description: Text
    description_en: Text | None = None
    #: False where the source breaks off in the middle.
    complete: bool = True

    @property
    def words(self) -> str:
        """Return what to call it: its title, or its description where the document gives no title."""
        return self.title or self.description

    @property
    def english(self) -> str:
        """Return what to call it in English, or in Chinese until somebody has translated it."""
        return self.title_en or self.description_en or self.words


class WorkTask(Coded, Named):
    """工作任务: a task with its requirements."""

    requirements: tuple[SkillRequirement, ...] = Field(min_length=1)


class Unit(Coded, Named):
    """工作领域 or 职业技能分类. An incomplete one holds only what the source states and cannot be examined."""

    category: StandardCode | None = None
    complete: bool = True
    tasks: tuple[WorkTask, ...] = ()

    @property
    def requirements(self) -> tuple[SkillRequirement, ...]:
        """Return all requirements in the document's order."""
        return tuple(requirement for task in self.tasks for requirement in task.requirements)

    @model_validator(mode="after")
    def _complete_units_are_whole(self) -> Self:
        if self.complete and not self.tasks:
            raise ValueError(f"unit {self.code} is marked complete but has no work task")
        if self.complete and not all(requirement.complete for requirement in self.requirements):
            raise ValueError(f"unit {self.code} is marked complete but has an incomplete requirement")
        return self


class Level(Named):
    """等级: one level with its units. Not `complete` if the source does not state all its units."""

    level: LevelName
    clause: Text | None = None
    description: Text
    description_en: Text | None = None
    posts: Posts | None = None
    assessment: Assessment
    complete: bool = True
    units: tuple[Unit, ...] = ()

    @property
    def requirements(self) -> tuple[SkillRequirement, ...]:
        """Return all requirements in the document's order."""
        return tuple(requirement for unit in self.units for requirement in unit.requirements)

    @property
    def is_whole(self) -> bool:
        """Tell whether the source states all its units, and each of them completely."""
        return self.complete and all(unit.complete for unit in self.units)

    @model_validator(mode="after")
    def _complete_levels_have_units(self) -> Self:
        if self.complete and not self.units:
            raise ValueError(f"level {self.level} is marked complete but has no unit")
        return self


class SkillStandard(Named):
    """职业技能等级标准: one edition of one standard."""

    code: StandardCode
    #: The document's own number, such as T/KJDZSW 0001-2023, where it has one.
    number: Text | None = None
    edition: Edition
    status: Literal["draft", "published", "replaced", "withdrawn"]
    publisher: Publisher
    scope: Scope | None = None
    references: tuple[NormativeReference, ...] = ()
    terms: tuple[Term, ...] = ()
    majors: tuple[Majors, ...] = ()
    categories: tuple[SkillCategory, ...] = ()
    inclusion: Inclusion
    levels: tuple[Level, ...] = Field(min_length=1)

    @property
    def requirements(self) -> tuple[SkillRequirement, ...]:
        """Return all requirements of all levels in the document's order."""
        return tuple(requirement for level in self.levels for requirement in level.requirements)

    @property
    def is_whole(self) -> bool:
        """Tell whether everything of the document is stored."""
        return all(level.is_whole for level in self.levels)

    def level(self, name: str) -> Level:
        """Return one level; raise `LevelUnknown` if it is not stored."""
        for level in self.levels:
            if level.level == name:
                return level
        raise LevelUnknown(standard=self.code, level=name, known=", ".join(level.level for level in self.levels))

    def covers(self, name: str) -> tuple[SkillRequirement, ...]:
        """Return the requirements of a level and, where higher levels include lower ones, of those below, lowest first.

        Source of the rule: 1+X standards, 6.1 (高级别涵盖低级别职业技能要求).
        """
        level = self.level(name)
        if self.inclusion.kind != "higher_includes_lower":
            return level.requirements
        chosen = sorted((each for each in self.levels if _rank(each) <= _rank(level)), key=_rank)
        return tuple(requirement for each in chosen for requirement in each.requirements)

    def find(self, code: str) -> Unit | WorkTask | SkillRequirement:
        """Return the unit, task or requirement of that code; raise `KeyError` if there is none."""
        for node, _ in self.nodes():
            if node.code == code:
                return node
        raise KeyError(code)

    def requirement(self, code: str) -> SkillRequirement:
        """Return one requirement by its code; raise `KeyError` if there is none."""
        found = self.find(code)
        if isinstance(found, SkillRequirement):
            return found
        raise KeyError(code)

    def nodes(self) -> Iterator[tuple[Unit | WorkTask | SkillRequirement, str]]:
        """Yield every node of the tree in order, each with the code that its own must begin with."""
        for level in self.levels:
            for unit in level.units:
                yield unit, f"{self.code}:{level.level}:"
                for task in unit.tasks:
                    yield task, unit.code
                    # a category without work tasks has one task for all, which its requirements need not name
                    parent = unit.code if len(unit.tasks) == 1 else task.code
                    for requirement in task.requirements:
                        yield requirement, parent

    @model_validator(mode="after")
    def _levels_differ(self) -> Self:
        names = [level.level for level in self.levels]
        if len(set(names)) < len(names):
            raise ValueError("a level is given twice")
        return self

    @model_validator(mode="after")
    def _codes_form_one_tree(self) -> Self:
        seen: set[str] = set()
        for node, parent in self.nodes():
            if node.code in seen:
                raise ValueError(f"code {node.code} is given twice")
            if not _lies_under(node.code, parent):
                raise ValueError(f"code {node.code} does not lie under {parent}")
            seen.add(node.code)
        return self

    @model_validator(mode="after")
    def _categories_are_known(self) -> Self:
        known = {category.code for category in self.categories}
        for level in self.levels:
            for unit in level.units:
                if unit.category is not None and unit.category not in known:
                    raise ValueError(f"unit {unit.code} belongs to the unknown category {unit.category}")
        return self


def _lies_under(code: str, parent: str) -> bool:
    """Tell whether a code continues its parent's by at least one whole part: 10.1 does not lie under 1."""
    rest = code.removeprefix(parent)
    return rest not in ("", code) and (parent.endswith(":") or rest[0] in ".:")


def _rank(level: Level) -> int:
    return LEVELS.index(level.level)
