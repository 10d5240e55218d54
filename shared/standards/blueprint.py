"""The assessment blueprint (考核方案): what is scored, for how many points, and by which rules."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Self

from pydantic import Field, model_validator

from shared.errors import FieldError
from shared.standards.codes import Edition, ItemCode, LevelName, StandardCode, Text
from shared.standards.criteria import BlueprintPart, Criterion, CriterionCode, Points
from shared.standards.refusing import refuse
from shared.standards.rules import Rules

#: Below PostgreSQL's `integer`, and more than anybody will ever author.
Version = Annotated[int, Field(ge=1, le=1_000_000)]


def _sum(parts: Iterable[Decimal]) -> Decimal:
    return sum(parts, Decimal(0))


def _refuse_wrong_total(part: str, total: Decimal | None, points: Decimal) -> None:
    if total is not None and total != points:
        zh, en = f"所列分值之和为 {points}，不是 {total}。", f"the points listed add up to {points}, not to {total}."
        refuse(part, [FieldError("/total", "wrong-total", zh, en)])


class PracticalTask(BlueprintPart):
    """A task of the practical exam. `total` is the sum of its points as its author states it."""

    code: CriterionCode
    title: Text
    title_en: Text
    total: Points | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @property
    def points(self) -> Decimal:
        """Return the points of all criteria."""
        return _sum(criterion.points for criterion in self.criteria)

    @model_validator(mode="after")
    def _total_is_the_sum(self) -> Self:
        _refuse_wrong_total("PracticalTask", self.total, self.points)
        return self


class Practical(BlueprintPart):
    """The practical exam (实操考试)."""

    total: Points | None = None
    tasks: tuple[PracticalTask, ...] = Field(min_length=1)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of all tasks in order."""
        return tuple(criterion for task in self.tasks for criterion in task.criteria)

    @property
    def points(self) -> Decimal:
        """Return the points of all tasks."""
        return _sum(task.points for task in self.tasks)

    @model_validator(mode="after")
    def _total_is_the_sum(self) -> Self:
        _refuse_wrong_total("Practical", self.total, self.points)
        return self


class Interview(BlueprintPart):
    """The interview (面试)."""

    total: Points | None = None
    criteria: tuple[Criterion, ...] = Field(min_length=1)

    @property
    def points(self) -> Decimal:
        """Return the points of all criteria."""
        return _sum(criterion.points for criterion in self.criteria)

    @model_validator(mode="after")
    def _total_is_the_sum(self) -> Self:
        _refuse_wrong_total("Interview", self.total, self.points)
        return self


class Blueprint(BlueprintPart):
    """考核方案: one version for one standard, level and (where one is chosen) unit. `derived`: nobody authored it."""

    code: CriterionCode
    version: Version
    title: Text | None = None
    title_en: Text | None = None
    standard: StandardCode
    #: None only in those that were frozen before blueprints told it.
    edition: Edition | None = None
    level: LevelName
    unit: ItemCode | None = None
    derived: bool
    practical: Practical
    interview: Interview
    rules: Rules

    @property
    def requirements(self) -> tuple[str, ...]:
        """Return the codes of all requirements that some criterion assesses, each once, in order."""
        return tuple(dict.fromkeys(code for _, criterion in self.criteria() for code in criterion.requirements))

    @property
    def digest(self) -> str:
        """Return the SHA-256 of the content; the same under another version number."""
        content = self.model_dump(mode="json", exclude={"version"})
        return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()

    def criteria(self) -> Iterator[tuple[str, Criterion]]:
        """Yield every criterion of both components with where it stands, as a JSON pointer."""
        for number, task in enumerate(self.practical.tasks):
            for index, criterion in enumerate(task.criteria):
                yield f"/practical/tasks/{number}/criteria/{index}", criterion
        for index, criterion in enumerate(self.interview.criteria):
            yield f"/interview/criteria/{index}", criterion

    @model_validator(mode="after")
    def _codes_differ(self) -> Self:
        refuse("Blueprint", self._faults())
        return self

    def _faults(self) -> Iterator[FieldError]:
        tasks = [(f"/practical/tasks/{number}", task.code) for number, task in enumerate(self.practical.tasks)]
        yield from _repeated(tasks)
        yield from _repeated((place, criterion.code) for place, criterion in self.criteria())


def _repeated(coded: Iterable[tuple[str, str]]) -> Iterator[FieldError]:
    seen: dict[str, str] = {}
    for place, code in coded:
        if code in seen:
            zh, en = f"代码 {code} 已用于 {seen[code]}，请换一个。", f"{code} is given twice: {seen[code]} has it, too."
            yield FieldError(f"{place}/code", "code-repeated", zh, en)
        seen.setdefault(code, place)
