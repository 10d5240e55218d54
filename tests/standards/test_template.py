"""Blueprints under change: templates pass, a lost requirement is noticed, and no spoilt file is met with a crash."""

import json
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from shared.standards import (
    Blueprint,
    BlueprintInvalid,
    SkillStandard,
    check_blueprint,
    default_blueprint,
    load_standard,
    parse_blueprint,
    template,
)
from shared.standards.faults import LocatedError
from tests.standards.test_authoring import scored

#: What may stand in a title: quotation marks, colons and hashes mean something in YAML.
WORDS = st.text(st.characters(blacklist_categories=["Cs"]), min_size=1, max_size=30).filter(lambda text: text.strip())
SCOPES = [("xb2b", level, None) for level in ("junior", "intermediate", "senior")] + [
    ("kjdzsw", "junior", f"kjdzsw:junior:{unit}") for unit in ("product-development", "purchasing", "store-operation")
]
SPOILERS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.sampled_from(["", "x", "usual", "1e999999999", "NaN", "-1", "9" * 400, "xb2b:junior:1.1.1", "\x85", "a: b"]),
    st.sampled_from([[], {}, [None], {"band": 1}, [[[]]], {"usual": [1, 2]}]),
    st.text(max_size=10),
)


@st.composite
def standards(draw: st.DrawFn) -> SkillStandard:
    """Draw a standard of one level whose titles and descriptions are any text at all."""
    units = []
    for unit in range(1, draw(st.integers(1, 3)) + 1):
        tasks = []
        for task in range(1, draw(st.integers(1, 3)) + 1):
            codes = [f"s:junior:{unit}.{task}.{number}" for number in range(1, draw(st.integers(1, 4)) + 1)]
            requirements = [
                {"code": code, "clause": code.rsplit(":", 1)[1], "description": draw(WORDS)}
                | ({"title": draw(WORDS)} if draw(st.booleans()) else {})
                for code in codes
            ]
            head = {"code": f"s:junior:{unit}.{task}", "clause": f"{unit}.{task}", "title": draw(WORDS)}
            tasks.append(head | {"requirements": requirements})
        units.append({"code": f"s:junior:{unit}", "clause": str(unit), "title": draw(WORDS), "tasks": tasks})
    kind = draw(st.sampled_from(["all_units", "one_unit"]))
    level = {
        "level": "junior",
        "title": draw(WORDS),
        "description": "x",
        "assessment": {"units": kind, "description": "x"},
        "units": units,
    }
    inclusion = {"kind": "separate", "description": "x"}
    head = {"code": "s", "title": draw(WORDS), "edition": "1", "status": "published"}
    return SkillStandard.model_validate(head | {"publisher": {}, "inclusion": inclusion, "levels": [level]})


@given(standards(), st.data())
def test_every_template_is_valid_unchanged(standard: SkillStandard, data: st.DataObject) -> None:
    level = standard.level("junior")
    unit = data.draw(st.sampled_from(level.units)).code if level.assessment.units == "one_unit" else None
    read = parse_blueprint(template(standard, "junior", unit), "template.yaml")
    check_blueprint(read, standard)
    derived = default_blueprint(standard, "junior", unit)
    assert scored(read) == scored(derived)


@given(st.sampled_from(SCOPES), st.data())
def test_a_requirement_that_loses_its_only_criterion_is_noticed(
    scope: tuple[str, str, str | None], data: st.DataObject
) -> None:
    standard = load_standard(scope[0])
    content = default_blueprint(standard, *scope[1:]).model_dump(mode="json")
    lost = data.draw(st.sampled_from(default_blueprint(standard, *scope[1:]).requirements))
    kept = data.draw(st.booleans())
    for task in content["components"][0]["tasks"]:
        criteria = [each for each in task["criteria"] if kept or lost not in each["requirements"]]
        # a task without criteria is no task: it takes over the first criterion of another requirement
        task["criteria"] = criteria or [_other(content, lost) | {"code": f"{task['code']}-x"}]
    for criterion in content["components"][1]["tasks"][0]["criteria"]:
        rest = [code for code in criterion["requirements"] if code != lost]
        criterion["requirements"] = rest or _other(content, lost)["requirements"]
    blueprint = Blueprint.model_validate(content)
    if kept:
        check_blueprint(blueprint, standard)
        return
    with pytest.raises(BlueprintInvalid) as refused:
        check_blueprint(blueprint, standard)
    assert [(fault.code, lost in fault.en) for fault in refused.value.errors] == [("requirement-not-assessed", True)]


def _other(content: dict[str, Any], lost: str) -> dict[str, Any]:
    every = (criterion for task in content["components"][0]["tasks"] for criterion in task["criteria"])
    return next(each for each in every if lost not in each["requirements"])


def places(value: Any, place: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Return every place of a document, its root first."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(inner for key, child in pairs for inner in places(child, (*place, key)))]


def spoil(value: Any, place: tuple[str | int, ...], change: Any) -> Any:
    """Return a copy with something else at a place, or nothing there if the change is an Ellipsis."""
    if not place:
        return change
    copy: Any = dict(value) if isinstance(value, dict) else list(value)
    if len(place) == 1 and change is ...:
        del copy[place[0]]
    else:
        copy[place[0]] = spoil(copy[place[0]], place[1:], change)
    return copy


AUTHORED = yaml.safe_load(template(load_standard("kjdzsw"), "junior", "kjdzsw:junior:purchasing"))
PLACES = places(AUTHORED)[1:]


def verdict(text: str, name: str) -> BlueprintInvalid | None:
    try:
        check_blueprint(parse_blueprint(text, name), load_standard("kjdzsw"))
    except BlueprintInvalid as refused:
        return refused
    return None


def check_refusal(text: str, name: str) -> None:
    """A file is taken, or refused with every fault located in it and told in both languages."""
    refused = verdict(text, name)
    if refused is None:
        return
    assert refused.errors
    assert refused.message("zh") != refused.message("en")
    lines = text.count("\n") + 1
    for fault in refused.errors:
        assert fault.zh != fault.en
        assert not isinstance(fault, LocatedError) or fault.line is None or 1 <= fault.line <= lines + 1
        assert fault.code != "value", "a number was met that the schema should have refused"


@settings(max_examples=300)
@given(st.lists(st.tuples(st.sampled_from(PLACES), SPOILERS | st.just(...)), min_size=1, max_size=3), st.booleans())
def test_a_spoilt_value_never_crashes_and_is_located(changes: list[tuple[Any, Any]], as_json: bool) -> None:
    spoilt = AUTHORED
    for place, change in changes:
        try:
            spoilt = spoil(spoilt, place, change)
        except (KeyError, IndexError, TypeError):  # an earlier change has taken the place away
            continue
    if as_json:
        check_refusal(json.dumps(spoilt, ensure_ascii=True), "x.json")
    else:
        check_refusal(yaml.safe_dump(spoilt, allow_unicode=True, sort_keys=False), "x.yaml")


TEXT = template(load_standard("kjdzsw"), "junior", "kjdzsw:junior:purchasing")


@settings(max_examples=200)
@given(
    st.integers(0, len(TEXT)), st.integers(0, 60), st.text(max_size=8) | st.sampled_from(["\t", ": ", "- ", "&a *a"])
)
def test_a_spoilt_text_never_crashes(at: int, length: int, put: str) -> None:
    check_refusal(TEXT[:at] + put + TEXT[at + length :], "x.yaml")
