"""The assessment blueprint (考核方案): what is scored, for how many points, and by which rules."""

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from shared.errors import FieldError
from shared.standards.errors import BlueprintInvalid
from shared.standards.model import ItemCode, LevelName, StandardCode, Text

CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:-]+$", max_length=100)]
Percentage = Annotated[Decimal, Field(ge=0, le=100)]
Share = Annotated[Decimal, Field(ge=0, le=1)]


class BlueprintPart(BaseModel):
    """What all parts of a blueprint have in common: frozen, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(BlueprintPart):
    """What deserves how many points: the highest mark of the band, with a description."""

    band: int = Field(ge=0)
    up_to: Decimal = Field(ge=0)
    title: Text
    title_en: Text


class Criterion(BlueprintPart):
    """One thing that is scored, tied to the requirements that it assesses."""

    code: CriterionCode
    title: Text
    title_en: Text
    requirements: tuple[ItemCode, ...] = Field(min_length=1)
    points: Decimal = Field(gt=0)
    step: Decimal = Field(gt=0)
    kind: Literal["measured", "judged", "banded"]
    bands: tuple[Band, ...] = ()

    @model_validator(mode="after")
    def _points_are_reachable(self) -> Self:
        if self.points % self.step:
            raise ValueError(f"criterion {self.code}: {self.points} points cannot be reached in steps of {self.step}")
        if self.kind != "measured" and not self.bands:
            raise ValueError(f"criterion {self.code}: a {self.kind} criterion needs a description of each band")
        limits = [band.up_to for band in self.bands]
        if limits and (limits != sorted(set(limits)) or limits[-1] != self.points):
            raise ValueError(f"criterion {self.code}: its bands must rise to {self.points} points")
        return self


class PracticalTask(BlueprintPart):
    """A task of the practical exam."""

    code: CriterionCode
    title: Text
    title_en: Text
    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Practical(BlueprintPart):
    """The practical exam (实操考试)."""

    tasks: tuple[PracticalTask, ...] = Field(min_length=1)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of all tasks in order."""
        return tuple(criterion for task in self.tasks for criterion in task.criteria)


class Interview(BlueprintPart):
    """The interview (面试)."""

    criteria: tuple[Criterion, ...] = Field(min_length=1)


class Rules(BlueprintPart):
    """How marks become a result. All figures are points of a hundred, except the weights."""

    tolerance: Percentage
    scheme: Literal["two_one_arbitration"]
    no_straddle: bool
    rounding_places: int = Field(ge=0, le=6)
    panel_size: int = Field(ge=1, le=15)
    panel_aggregate: Literal["mean", "median", "trimmed_mean"]
    pass_line_practical: Percentage
    pass_line_interview: Percentage
    weight_practical: Share
    weight_interview: Share

    @model_validator(mode="after")
    def _rules_agree(self) -> Self:
        if self.weight_practical + self.weight_interview != 1:
            raise ValueError("the weights of practical and interview must add up to 1")
        if self.panel_aggregate == "trimmed_mean" and self.panel_size < 3:  # noqa: PLR2004 - one dropped at each end
            raise ValueError("a trimmed mean needs a panel of at least 3")
        return self


class Blueprint(BlueprintPart):
    """考核方案: one version for one standard, level and (where one is chosen) unit. `derived`: nobody authored it."""

    code: CriterionCode
    version: int = Field(ge=1)
    standard: StandardCode
    level: LevelName
    unit: ItemCode | None
    derived: bool
    practical: Practical
    interview: Interview
    rules: Rules

    @property
    def requirements(self) -> tuple[str, ...]:
        """Return the codes of all requirements that some criterion assesses, each once, in order."""
        return tuple(dict.fromkeys(code for criterion in self._all() for code in criterion.requirements))

    @model_validator(mode="after")
    def _criterion_codes_differ(self) -> Self:
        twice = [code for code, count in Counter(criterion.code for criterion in self._all()).items() if count > 1]
        if twice:
            raise ValueError(f"criteria given twice: {', '.join(twice)}")
        return self

    def _all(self) -> Iterator[Criterion]:
        yield from self.practical.criteria
        yield from self.interview.criteria


def check_coverage(blueprint: Blueprint, wanted: tuple[str, ...]) -> None:
    """Raise `BlueprintInvalid` unless every wanted requirement is assessed, and nothing outside the scope is."""
    assessed = blueprint.requirements
    missing = [_missing(code) for code in wanted if code not in assessed]
    strange = [_strange(code) for code in assessed if code not in wanted]
    if missing or strange:
        raise BlueprintInvalid(code=blueprint.code, errors=missing + strange)


def _missing(code: str) -> FieldError:
    return FieldError(
        "/", "requirement-not-assessed", f"没有考核要点对应技能要求 {code}。", f"No criterion assesses {code}."
    )


def _strange(code: str) -> FieldError:
    return FieldError("/", "requirement-out-of-scope", f"{code} 不在考核范围内。", f"{code} is outside the scope.")
