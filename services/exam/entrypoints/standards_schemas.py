"""Standards and blueprints as they go out over HTTP."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal
from typing import Annotated, Self

from fastapi import Path, Query
from pydantic import BaseModel, ConfigDict, Field

from services.exam.application.blueprints import KnownBlueprint
from services.exam.application.standards import CoveredLevel, KnownStandard, PlacedRequirement
from shared.errors import Invalid
from shared.standards.blueprint import Blueprint, Version
from shared.standards.codes import Edition, ItemCode, LevelName, StandardCode
from shared.standards.criteria import CriterionCode
from shared.standards.model import Level, SkillRequirement

StandardPath = Annotated[StandardCode, Path(description="标准代码 code of the standard", examples=["xb2b"])]
LevelPath = Annotated[LevelName, Path(description="等级 level")]
RequirementPath = Annotated[ItemCode, Path(description="职业技能要求代码", examples=["xb2b:junior:1.1.1"])]
BlueprintPath = Annotated[CriterionCode, Path(description="考核方案代码", examples=["xb2b-junior-lamp-exporter"])]
EditionQuery = Annotated[Edition | None, Query(description="版本，默认最新 edition, the newest by default")]
StandardQuery = Annotated[StandardCode | None, Query(description="只看此标准 of this standard only")]
LevelQuery = Annotated[LevelName | None, Query(description="只看此等级 of this level only")]
UnitQuery = Annotated[ItemCode | None, Query(description="所选单元 the chosen unit, where one is chosen")]
VersionQuery = Annotated[Version | None, Query(description="版本号，默认最新 version, the newest by default")]
CoveredQuery = Annotated[bool, Query(description="连同所涵盖的低等级要求 with what it includes from below")]
WordsQuery = Annotated[
    str, Query(min_length=1, max_length=200, description="中文或英文，多个词以空格分开 words in Chinese or English")
]


class Shown(BaseModel):
    """What goes out of the catalogue."""

    model_config = ConfigDict(from_attributes=True)


class LevelSummary(Shown):
    """A level in numbers. What a source does not state, so that it is not `complete`, cannot be examined."""

    level: str
    title: str
    title_en: str
    assessed_by: str = Field(description="all_units | one_unit | not_stated")
    complete: bool
    units: int
    complete_units: int
    tasks: int
    requirements: int

    @classmethod
    def of(cls, level: Level) -> Self:
        """Count what a level holds."""
        return cls(
            level=level.level,
            title=level.title,
            title_en=level.english,
            assessed_by=level.assessment.units,
            complete=level.is_whole,
            units=len(level.units),
            complete_units=sum(unit.complete for unit in level.units),
            tasks=sum(len(unit.tasks) for unit in level.units),
            requirements=len(level.requirements),
        )


class StandardSummary(Shown):
    """The newest edition of a standard in numbers, and all its editions, newest first."""

    code: str
    number: str | None
    title: str
    title_en: str
    edition: str
    editions: Sequence[str]
    status: str
    complete: bool
    requirements: int
    levels: Sequence[LevelSummary]

    @classmethod
    def of(cls, known: KnownStandard) -> Self:
        """Count what a standard holds."""
        standard = known.standard
        return cls(
            code=standard.code,
            number=standard.number,
            title=standard.title,
            title_en=standard.english,
            edition=standard.edition,
            editions=known.editions,
            status=standard.status,
            complete=standard.is_whole,
            requirements=len(standard.requirements),
            levels=[LevelSummary.of(level) for level in standard.levels],
        )


class BrokenFile(Shown):
    """A data file that cannot be used, and why, in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, error: Invalid) -> Self:
        """Tell what is wrong with a file; its name is part of the words."""
        return cls(zh=error.message("zh"), en=error.message("en"))


class StandardsResponse(Shown):
    """All standards, and the data files among them that cannot be used."""

    items: Sequence[StandardSummary]
    broken: Sequence[BrokenFile]


class LevelResponse(Shown):
    """One level of an edition; `covered` has what it includes from the levels below, if that was asked for."""

    standard: str
    edition: str
    level: Level
    covered: Sequence[SkillRequirement] | None = None

    @classmethod
    def of(cls, found: CoveredLevel, *, covered: bool) -> Self:
        """Show a level."""
        below = found.covered if covered else None
        return cls(standard=found.standard.code, edition=found.standard.edition, level=found.level, covered=below)


class Parent(Shown):
    """Something that a requirement lies under."""

    code: str
    clause: str
    title: str
    title_en: str


class RequirementResponse(Shown):
    """A requirement (职业技能要求) with where it stands in its standard."""

    standard: str
    standard_title: str
    edition: str
    level: str
    unit: Parent
    task: Parent
    requirement: SkillRequirement

    @classmethod
    def of(cls, placed: PlacedRequirement) -> Self:
        """Show a requirement in its place."""
        unit, task = (
            Parent(code=each.code, clause=each.clause, title=each.title, title_en=each.english)
            for each in (placed.unit, placed.task)
        )
        return cls(
            standard=placed.standard.code,
            standard_title=placed.standard.title,
            edition=placed.standard.edition,
            level=placed.level.level,
            unit=unit,
            task=task,
            requirement=placed.requirement,
        )


class ComponentSummary(Shown):
    """A component in numbers."""

    code: str
    title: str
    title_en: str
    kind: str
    line: Decimal
    weight: Decimal
    points: Decimal


class BlueprintSummary(Shown):
    """A version of a blueprint, and where it is: in the catalogue, frozen, or both."""

    code: str
    version: int
    title: str
    title_en: str
    standard: str
    edition: str
    level: str
    unit: str | None
    derived: bool = Field(description="由标准推导，非编制 derived from the standard, authored by nobody")
    in_catalogue: bool = Field(description="编制文件在目录中 its file is in the catalogue")
    frozen_at: datetime | None = Field(description="首次用于已发布计划的时间 when a plan was first published with it")
    file_differs: bool = Field(
        description="文件内容与已冻结的不同：须加版本号 raise the file's version before using it"
    )
    requirements: int
    components: list[ComponentSummary]

    @classmethod
    def of(cls, known: KnownBlueprint) -> Self:
        """Show a blueprint in numbers."""
        blueprint = known.blueprint
        return cls(
            **blueprint.model_dump(
                include={"code", "version", "title", "title_en", "standard", "edition", "level", "unit", "derived"}
            ),
            in_catalogue=known.in_catalogue,
            frozen_at=known.frozen_at,
            file_differs=known.file_differs,
            requirements=len(blueprint.requirements),
            components=[ComponentSummary.model_validate(each) for each in blueprint.components],
        )


class BlueprintResponse(BlueprintSummary):
    """A version of a blueprint with its content."""

    blueprint: Blueprint

    @classmethod
    def of(cls, known: KnownBlueprint) -> Self:
        """Show a blueprint."""
        return cls(**BlueprintSummary.of(known).model_dump(), blueprint=known.blueprint)
