"""How marks become a score, and scores a result (评分与合格规则)."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import AfterValidator, Field, model_validator

from shared.errors import FieldError
from shared.standards.criteria import BlueprintPart, plain
from shared.standards.refusing import refuse

#: Points of a hundred.
Percentage = Annotated[Decimal, Field(ge=0, le=100, decimal_places=4), AfterValidator(plain)]
Share = Annotated[Decimal, Field(ge=0, le=1, decimal_places=4), AfterValidator(plain)]
Step = Annotated[Decimal, Field(gt=0, le=1, decimal_places=4), AfterValidator(plain)]
#: One score is dropped at each end, so one must be left.
_SMALLEST_TRIMMED_PANEL = 3
_ALL = Decimal(100)


class Marking(BlueprintPart):
    """How two or three blind marks of a work become one: `tolerance` is in points of a hundred."""

    scheme: Literal["two_one_arbitration"]
    tolerance: Percentage
    no_straddle: bool

    def faults_of_policy(self) -> Iterator[FieldError]:
        """Yield what no new blueprint may say, although marks could be worked out under it."""
        if self.tolerance >= _ALL:
            zh = "误差分为 100 时两名阅卷员的评分永远算一致，请给出较小的误差分。"
            en = "with a tolerance of 100 two markers always agree; give a smaller one."
            yield FieldError("/tolerance", "tolerance-too-wide", zh, en)


class Panel(BlueprintPart):
    """How many examiners score an interview, and how their scores become one."""

    size: int = Field(ge=1, le=15)
    aggregate: Literal["mean", "median", "trimmed_mean"]

    @model_validator(mode="after")
    def _is_large_enough(self) -> Self:
        refuse("Panel", self._faults())
        return self

    def _faults(self) -> Iterator[FieldError]:
        if self.aggregate == "trimmed_mean" and self.size < _SMALLEST_TRIMMED_PANEL:
            zh = "去掉最高分和最低分后取平均，考评组至少要有 3 人。"
            en = "a trimmed mean needs a panel of at least 3."
            yield FieldError("/size", "panel-too-small", zh, en)


class Composition(BlueprintPart):
    """How scores become a result: passed are those who reach each component's line and, in the total, `line`.

    A figure is rounded once, half up to a multiple of `step`, when it is made of exact scores; lines are compared
    with what was rounded, so that nobody fails with the score that is shown as enough.
    """

    line: Percentage
    step: Step
