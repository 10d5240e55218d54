"""How marks become a result (评分与合格规则)."""

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
#: One score is dropped at each end, so one must be left.
_SMALLEST_TRIMMED_PANEL = 3
_ALL = Decimal(100)


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
        refuse("Rules", self._faults())
        return self

    def _faults(self) -> Iterator[FieldError]:
        if self.weight_practical + self.weight_interview != 1:
            zh = f"实操与面试的权重之和须为 1，现为 {self.weight_practical + self.weight_interview}。"
            en = (
                "the weights of practical and interview must add up to 1; "
                f"they add up to {self.weight_practical + self.weight_interview}."
            )
            yield FieldError("/weight_interview", "weights-not-one", zh, en)
        if self.panel_aggregate == "trimmed_mean" and self.panel_size < _SMALLEST_TRIMMED_PANEL:
            zh = "去掉最高分和最低分后取平均，考评组至少要有 3 人。"
            en = "a trimmed mean needs a panel of at least 3."
            yield FieldError("/panel_size", "panel-too-small", zh, en)

    def faults_of_policy(self) -> Iterator[FieldError]:
        """Yield what no new blueprint may say, although marks could be worked out under it."""
        for name, line in (("practical", self.pass_line_practical), ("interview", self.pass_line_interview)):
            if line == 0:
                zh = "合格线为 0 分时人人合格，请给出大于 0、不超过 100 的合格线。"
                en = "with a pass line of 0 everybody passes; give one above 0 and up to 100."
                yield FieldError(f"/pass_line_{name}", "pass-line-missing", zh, en)
        if self.tolerance >= _ALL:
            zh = "误差分为 100 时两名阅卷员的评分永远算一致，请给出较小的误差分。"
            en = "with a tolerance of 100 two markers always agree; give a smaller one."
            yield FieldError("/tolerance", "tolerance-too-wide", zh, en)
