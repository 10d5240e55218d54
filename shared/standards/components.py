"""The components (科目) of a blueprint: what is scored in each, from which score it is passed, what it weighs."""

from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, model_validator

from shared.errors import FieldError
from shared.standards.codes import Text
from shared.standards.criteria import BlueprintPart, Criterion, CriterionCode, Points
from shared.standards.refusing import refuse
from shared.standards.rules import Marking, Panel, Percentage, Share

#: What events, tables and files call a component.
ComponentCode = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]


class Task(BlueprintPart):
    """What a candidate works on, or is asked about. `total` is the sum of its points as its author states it."""

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
        _refuse_wrong_total("Task", self.total, self.points)
        return self


class Component(BlueprintPart):
    """A part of the examination with a line of its own, in points of a hundred of its own.

    *works* (实操、笔试): works are handed in and marked by people who do not know whose they are, under `marking`;
    *panel* (面试): examiners score what they see and hear, under `panel`.
    """

    code: ComponentCode
    title: Text
    title_en: Text
    kind: Literal["works", "panel"]
    line: Percentage
    weight: Share
    marking: Marking | None = None
    panel: Panel | None = None
    total: Points | None = None
    tasks: tuple[Task, ...] = Field(min_length=1)

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """Return the criteria of all tasks in order."""
        return tuple(criterion for task in self.tasks for criterion in task.criteria)

    @property
    def points(self) -> Decimal:
        """Return the points of all tasks."""
        return _sum(task.points for task in self.tasks)

    @model_validator(mode="after")
    def _fits_together(self) -> Self:
        refuse("Component", self._faults())
        _refuse_wrong_total("Component", self.total, self.points)
        return self

    def _faults(self) -> Iterator[FieldError]:
        wanted, other = ("marking", "panel") if self.kind == "works" else ("panel", "marking")
        if getattr(self, wanted) is None:
            zh, en = "此类科目的评分规则缺失，请写明。", "say by which rules a component of this kind is scored."
            yield FieldError(f"/{wanted}", "rules-missing", zh, en)
        if getattr(self, other) is not None:
            zh, en = "此类科目不用这些规则，请删除。", "a component of this kind has no such rules; remove them."
            yield FieldError(f"/{other}", "rules-without-effect", zh, en)


def _sum(parts: Iterable[Decimal]) -> Decimal:
    return sum(parts, Decimal(0))


def _refuse_wrong_total(part: str, total: Decimal | None, points: Decimal) -> None:
    if total is not None and total != points:
        zh, en = f"所列分值之和为 {points}，不是 {total}。", f"the points listed add up to {points}, not to {total}."
        refuse(part, [FieldError("/total", "wrong-total", zh, en)])
