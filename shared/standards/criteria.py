"""What a blueprint scores: criteria (考核要点) with their points and the bands that say what deserves how many."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Literal, Self

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, field_validator, model_validator
from pydantic_core import PydanticCustomError

from shared.errors import FieldError
from shared.standards.codes import ItemCode, Text
from shared.standards.refusing import refuse

CriterionCode = Annotated[str, StringConstraints(pattern=r"^[A-Za-z0-9.:-]+$", max_length=160)]
#: Judged from 0 to 3, as WorldSkills does.
JUDGED = (0, 1, 2, 3)


def plain(value: Decimal) -> Decimal:
    """Return 10 for 10.0 and 1E+1 alike, so that what is the same content also reads and hashes the same."""
    value = value.normalize() + 0
    return value if value.as_tuple().exponent <= 0 else value.quantize(Decimal(1))  # type: ignore[operator]  # finite


#: Bounded, so that no sum or remainder of any of them can overflow. Limits stand before the validator: what is put
#: behind it holds too, but is no longer said in the JSON Schema.
Points = Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=4), AfterValidator(plain)]
PositivePoints = Annotated[Decimal, Field(gt=0, le=10_000, decimal_places=4), AfterValidator(plain)]


class BlueprintPart(BaseModel):
    """What all parts of a blueprint have in common: frozen, and no field that the schema does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Band(BlueprintPart):
    """What deserves how many points: the highest mark of the band, with a description."""

    band: int = Field(ge=0, le=100)
    up_to: Points
    title: Text
    title_en: Text


class Criterion(BlueprintPart):
    """One thing that is scored, tied to the requirements that it assesses.

    *measured*: from 0 to `points` in steps of `step`; *banded*: the same, with bands that say what deserves how many;
    *judged*: one of four bands, 0 to 3, each worth exactly what it goes `up_to`, so that there is no step.
    """

    code: CriterionCode
    title: Text
    title_en: Text
    requirements: tuple[ItemCode, ...] = Field(min_length=1)
    points: PositivePoints
    step: PositivePoints | None = None
    kind: Literal["measured", "judged", "banded"]
    bands: tuple[Band, ...] = ()

    @field_validator("bands", mode="before")
    @classmethod
    def _scale_is_known(cls, bands: Any) -> Any:
        """Say what is wrong where an author names a scale: those that are there have been written out by now."""
        if isinstance(bands, str):
            zh, en = "scales 中没有此名称的评分尺度。", "there is no scale of this name among the scales."
            raise PydanticCustomError("scale-unknown", "{en}", {"zh": zh, "en": en})
        return bands

    @model_validator(mode="after")
    def _is_consistent(self) -> Self:
        refuse("Criterion", self._faults())
        return self

    @property
    def smallest_difference(self) -> Decimal:
        """Return by how little two marks that are not the same can differ."""
        return self.step or min(upper.up_to - lower.up_to for lower, upper in pairwise(self.bands))

    def _faults(self) -> Iterator[FieldError]:
        if self.kind == "judged" and self.step is not None:
            zh, en = (
                "评判类要点每档给固定分，请删除步长。",
                "each band of a judged criterion is worth its points; remove the step.",
            )
            yield FieldError("/step", "step-without-effect", zh, en)
        elif self.kind != "judged" and self.step is None:
            zh, en = "请给出给分步长。", "say in which steps points are given."
            yield FieldError("/step", "step-missing", zh, en)
        if self.step and self.points % self.step:
            zh = f"{self.points} 分不能以每次 {self.step} 分给出，请调整分值或步长。"
            en = f"{self.points} points cannot be reached in steps of {self.step}; change the points or the step."
            yield FieldError("/points", "points-unreachable", zh, en)
        if self.kind == "judged" and tuple(band.band for band in self.bands) != JUDGED:
            zh = "评判类要点须依次说明 0、1、2、3 四个档次。"
            en = "a judged criterion describes exactly the bands 0, 1, 2 and 3, in this order."
            yield FieldError("/bands", "bands-not-0-to-3", zh, en)
        if self.kind == "banded" and len(self.bands) < 2:  # noqa: PLR2004 - one band would leave nothing to decide
            zh = "分档类要点至少说明两个档次。"
            en = "a banded criterion describes at least two bands."
            yield FieldError("/bands", "bands-missing", zh, en)
        yield from self._faults_of_limits()

    def _faults_of_limits(self) -> Iterator[FieldError]:
        """Every band must be higher than the one before, hold a mark that can be given, and the last end at the top."""
        for index, (lower, upper) in enumerate(pairwise(self.bands), start=1):
            if upper.band <= lower.band:
                zh, en = "档次编号须由低到高，不得重复。", "number the bands upwards, each once."
                yield FieldError(f"/bands/{index}/band", "bands-not-rising", zh, en)
            highest = upper.up_to // self.step * self.step if self.step else upper.up_to
            if highest <= lower.up_to:
                zh = f"此档须高于上一档的 {lower.up_to} 分，且至少有一个能按步长给出的分数。"
                en = f"the band must go above {lower.up_to} and hold at least one mark that the step can give."
                yield FieldError(f"/bands/{index}/up_to", "band-empty", zh, en)
        if self.bands and self.bands[-1].up_to != self.points:
            zh = f"最高档须正好到满分 {self.points} 分。"
            en = f"the highest band must end at the full {self.points} points."
            yield FieldError(f"/bands/{len(self.bands) - 1}/up_to", "bands-not-to-the-top", zh, en)
