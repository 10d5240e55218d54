"""The schema of a skill standard: standard, level, unit, work task, skill requirement. Frozen; codes are stable."""

from collections.abc import Iterator
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.standards.errors import LevelUnknown

#: The three levels of every standard here, lowest first (初级, 中级, 高级).
LevelName = Literal["junior", "intermediate", "senior"]
LEVELS: tuple[LevelName, ...] = ("junior", "intermediate", "senior")

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
StandardCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$")]
#: `<standard>:<level>:<clause>`, or with the category before the clause.
ItemCode = Annotated[
    str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*:(junior|intermediate|senior)(:[A-Za-z0-9.-]+)+$")
]


class StandardPart(BaseModel):
    """What all parts of a standard have in common: frozen, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class SkillRequirement(StandardPart):
    """职业技能要求: one thing a person can do. The description is in our own words, not the document's."""

    code: ItemCode
    clause: Text
    title: Text | None = None
    title_en: Text | None = None
    description: Text
    description_en: Text


class WorkTask(StandardPart):
    """工作任务: a task with its requirements."""

    code: ItemCode
    clause: Text
    title: Text
    title_en: Text
    requirements: tuple[SkillRequirement, ...] = Field(min_length=1)


class Unit(StandardPart):
    """工作领域 or 职业技能分类. An incomplete one holds only what the source states and cannot be examined."""

    code: ItemCode
    clause: Text
    title: Text
    title_en: Text
    complete: bool = True
    tasks: tuple[WorkTask, ...] = ()

    @property
    def requirements(self) -> tuple[SkillRequirement, ...]:
        """Return all requirements in the document's order."""
        return tuple(requirement for task in self.tasks for requirement in task.requirements)

    @model_validator(mode="after")
    def _complete_units_have_tasks(self) -> Self:
        if self.complete and not self.tasks:
            raise ValueError(f"unit {self.code} is marked complete but has no work task")
        return self


class Level(StandardPart):
    """等级: one level with its units, and whether all of them or one chosen unit is assessed."""

    level: LevelName
    title: Text
    title_en: Text
    description: Text
    description_en: Text
    assessed_by: Literal["all_units", "one_unit"]
    units: tuple[Unit, ...] = Field(min_length=1)

    @property
    def requirements(self) -> tuple[SkillRequirement, ...]:
        """Return all requirements in the document's order."""
        return tuple(requirement for unit in self.units for requirement in unit.requirements)


class SkillStandard(StandardPart):
    """职业技能等级标准: one edition of one standard."""

    code: StandardCode
    title: Text
    title_en: Text
    edition: Text
    publisher: Text
    levels: tuple[Level, ...] = Field(min_length=1)

    def level(self, name: str) -> Level:
        """Return one level; raise `LevelUnknown` if it is not stored."""
        for level in self.levels:
            if level.level == name:
                return level
        raise LevelUnknown(standard=self.code, level=name, known=", ".join(level.level for level in self.levels))

    def covers(self, name: str) -> tuple[SkillRequirement, ...]:
        """Return the requirements of a level and of all stored levels below it, lowest first."""
        highest = LEVELS.index(self.level(name).level)
        chosen = sorted((level for level in self.levels if LEVELS.index(level.level) <= highest), key=_rank)
        return tuple(requirement for level in chosen for requirement in level.requirements)

    def requirement(self, code: str) -> SkillRequirement:
        """Return one requirement by its code; raise `KeyError` if there is none."""
        for level in self.levels:
            for requirement in level.requirements:
                if requirement.code == code:
                    return requirement
        raise KeyError(code)

    @model_validator(mode="after")
    def _levels_differ(self) -> Self:
        names = [level.level for level in self.levels]
        if len(set(names)) < len(names):
            raise ValueError("a level is given twice")
        return self

    @model_validator(mode="after")
    def _codes_form_one_tree(self) -> Self:
        seen: set[str] = set()
        for code, parent in self._codes():
            if code in seen:
                raise ValueError(f"code {code} is given twice")
            if not code.startswith(parent) or len(code) == len(parent):
                raise ValueError(f"code {code} does not lie under {parent}")
            seen.add(code)
        return self

    def _codes(self) -> Iterator[tuple[str, str]]:
        """Yield each code with that of its parent, to which it must add something."""
        for level in self.levels:
            for unit in level.units:
                yield unit.code, f"{self.code}:{level.level}:"
                for task in unit.tasks:
                    yield task.code, unit.code
                    for requirement in task.requirements:
                        yield requirement.code, task.code


def _rank(level: Level) -> int:
    return LEVELS.index(level.level)
