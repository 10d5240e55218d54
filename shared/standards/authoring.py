"""Blueprints as people write them: a YAML or JSON file in which what repeats is said once and defaults are left out."""

from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    Field,
    StringConstraints,
    TypeAdapter,
    ValidationError,
    field_validator,
    model_validator,
)
from pydantic_core import PydanticCustomError

from shared.errors import FieldError
from shared.standards.blueprint import Blueprint
from shared.standards.codes import Text
from shared.standards.criteria import BlueprintPart
from shared.standards.default import DEFAULT_COMPOSITION, DEFAULT_MARKING, DEFAULT_PANEL, DEFAULT_STEP
from shared.standards.errors import BlueprintFileInvalid
from shared.standards.located import parse_document
from shared.standards.refusing import refuse
from shared.standards.rules import Percentage

#: The codes of derived blueprints hold it, so that no author can take one of them.
DERIVED_MARK = ":"
_FULL = Decimal(100)
_MOST_POINTS = Decimal(10_000)
_PLACES = Decimal("0.0001")


class ScaleBand(BlueprintPart):
    """One band of a scale: up to which percentage of a criterion's points it goes."""

    band: int = Field(ge=0, le=100)
    percent: Percentage
    title: Text
    title_en: Text


def _ends_at_the_top(bands: tuple[ScaleBand, ...]) -> tuple[ScaleBand, ...]:
    if bands[-1].percent != _FULL:
        zh, en = "最高档须为 100（百分比）。", "the highest band must be 100 percent."
        refuse("Scale", [FieldError(f"/{len(bands) - 1}/percent", "scale-not-to-the-top", zh, en)])
    return bands


#: A scale (评分尺度) that several criteria share, whatever their points are.
Scale = Annotated[tuple[ScaleBand, ...], Field(min_length=2), AfterValidator(_ends_at_the_top)]
_ScaleName = Annotated[str, StringConstraints(min_length=1, max_length=60)]
_SCALE: TypeAdapter[tuple[ScaleBand, ...]] = TypeAdapter(Scale)


class AuthoredBlueprint(Blueprint):
    """A blueprint in its file: criteria may name one of the `scales` as bands; rules and `step` have defaults."""

    derived: Literal[False] = False
    scales: dict[_ScaleName, Scale] = Field(default_factory=dict)

    @field_validator("code")
    @classmethod
    def _is_nobody_elses(cls, code: str) -> str:
        if DERIVED_MARK in code:
            zh, en = "编制的方案代码不得含冒号。", "the code of an authored blueprint holds no colon."
            raise PydanticCustomError("code-reserved", "{en}", {"zh": zh, "en": en})
        return code

    @model_validator(mode="before")
    @classmethod
    def _write_out(cls, data: Any) -> Any:
        """Write out scales and defaults. Whatever has the wrong shape stays, for the fields to refuse it."""
        if not isinstance(data, dict):
            return data
        scales = data.get("scales")
        written = data | {"composition": _rules(data.get("composition"), DEFAULT_COMPOSITION)}
        if isinstance(data.get("components"), list):
            known = scales if isinstance(scales, dict) else {}
            written["components"] = [_component(each, known) for each in data["components"]]
        return written


def parse_blueprint(text: str | bytes, name: str) -> Blueprint:
    """Return the blueprint that a YAML or JSON text holds; raise `BlueprintFileInvalid` with each fault and its line.

    Whether it fits its standard is for `check_blueprint` to say.
    """
    authored = parse_document(text, name, AuthoredBlueprint, BlueprintFileInvalid)
    return Blueprint.model_validate(authored.model_dump(exclude={"scales"}))


def _rules(given: Any, usual: BlueprintPart) -> Any:
    if given is None:
        return usual.model_dump()
    return usual.model_dump() | given if isinstance(given, dict) else given


def _component(given: Any, scales: dict[Any, Any]) -> Any:
    if not isinstance(given, dict):
        return given
    written = _criteria_under(given, scales)
    for kind, name, usual in (("works", "marking", DEFAULT_MARKING), ("panel", "panel", DEFAULT_PANEL)):
        if given.get("kind") == kind:
            written[name] = _rules(given.get(name), usual)
    return written


def _criteria_under(part: Any, scales: dict[Any, Any]) -> Any:
    """Return a component or a task with its criteria written out, wherever below it they are."""
    if not isinstance(part, dict):
        return part
    written = dict(part)
    for name, write_out in (("tasks", _criteria_under), ("criteria", _criterion)):
        if isinstance(part.get(name), list):
            written[name] = [write_out(each, scales) for each in part[name]]
    return written


def _criterion(given: Any, scales: dict[Any, Any]) -> Any:
    if not isinstance(given, dict):
        return given
    written: dict[Any, Any] = given if given.get("kind") == "judged" else {"step": DEFAULT_STEP} | given
    name = given.get("bands")
    if isinstance(name, str) and name in scales:
        try:
            bands = _SCALE.validate_python(scales[name])
        except ValidationError:  # told once, where the scale stands, and not at every criterion that names it
            return written | {"kind": "measured", "step": DEFAULT_STEP, "bands": ()}
        points = _points(given.get("points"))
        written = written | {"bands": [_band(band, points) for band in bands]}
    return written


def _band(band: ScaleBand, points: Decimal) -> dict[str, Any]:
    up_to = (points * band.percent / _FULL).quantize(_PLACES)
    return band.model_dump(exclude={"percent"}) | {"up_to": up_to}


def _points(given: Any) -> Decimal:
    """Return the points as a number, or 0 if they are none; the criterion itself says so."""
    try:
        points = Decimal(str(given))
    except InvalidOperation:
        return Decimal(0)
    return points if points.is_finite() and 0 < points <= _MOST_POINTS else Decimal(0)
