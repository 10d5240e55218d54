"""The derived blueprint, what a blueprint refuses of itself, and what its digest tells apart."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from shared.standards import Blueprint, UnitRefused, default_blueprint, load_standard
from shared.standards.model import SkillStandard


def standard(**level_changes: object) -> SkillStandard:
    data = load_standard("xb2b").model_dump(mode="json")
    data["levels"][0].update(level_changes)
    return SkillStandard.model_validate(data)


def one_unit() -> dict[str, object]:
    return load_standard("xb2b").level("junior").assessment.model_dump() | {"units": "one_unit"}


def blueprint() -> Blueprint:
    return default_blueprint(load_standard("xb2b"), "junior")


def refusals(refused: pytest.ExceptionInfo[ValidationError]) -> list[tuple[str, str]]:
    return [("/".join(map(str, error["loc"])), error["type"]) for error in refused.value.errors()]


def test_default_gives_each_requirement_equal_weight_in_both_components():
    derived = blueprint()
    assert derived.derived
    assert derived.edition == load_standard("xb2b").edition
    practical, interview = derived.components
    assert [(each.code, each.kind) for each in derived.components] == [("practical", "works"), ("interview", "panel")]
    requirements = [requirement.code for requirement in load_standard("xb2b").level("junior").requirements]
    assert [criterion.code for criterion in practical.criteria] == requirements
    assert {(criterion.points, criterion.step) for criterion in practical.criteria} == {(Decimal(10), Decimal("0.5"))}
    weights = {
        code: criterion.points / len(criterion.requirements)
        for criterion in interview.criteria
        for code in criterion.requirements
    }
    assert list(weights) == requirements
    assert set(weights.values()) == {Decimal(10)}
    assert practical.points == interview.points == 120


def test_blueprint_survives_json_with_decimals_as_text():
    data = json.loads(json.dumps(blueprint().model_dump(mode="json")))
    assert data["components"][0]["tasks"][0]["criteria"][0]["points"] == "10"
    assert data["components"][0]["weight"] == "0.7"
    assert Blueprint.model_validate(data) == blueprint()


def test_digest_is_of_the_content_and_not_of_how_it_is_written():
    data = blueprint().model_dump(mode="json")
    data["components"][0]["marking"]["tolerance"] = "5.00"
    data["components"][0]["tasks"][0]["criteria"][0]["points"] = "1E+1"
    assert Blueprint.model_validate(data | {"version": 7}).digest == blueprint().digest
    data["components"][0]["marking"]["tolerance"] = "6"
    assert Blueprint.model_validate(data).digest != blueprint().digest


def test_unit_is_refused_where_all_units_are_assessed():
    with pytest.raises(UnitRefused, match="assesses all its units"):
        default_blueprint(standard(), "junior", "xb2b:junior:1")


def test_unit_must_be_chosen_where_one_is_assessed():
    with pytest.raises(UnitRefused, match="choose one"):
        default_blueprint(standard(assessment=one_unit()), "junior", None)
    chosen = default_blueprint(standard(assessment=one_unit()), "junior", "xb2b:junior:2")
    assert len(chosen.requirements) == 6
    assert chosen.unit == chosen.code == "xb2b:junior:2"


def test_incomplete_unit_is_refused_with_the_reason():
    units = load_standard("xb2b").model_dump(mode="json")["levels"][0]["units"]
    units[1]["complete"] = False
    with pytest.raises(UnitRefused, match="xb2b:junior:2 is incomplete"):
        default_blueprint(standard(units=units), "junior", None)


@pytest.mark.parametrize(
    ("level", "unit", "reason"),
    [
        ("junior", "kjdzsw:junior:visual-design", "visual-design is incomplete; import the full text"),
        ("junior", None, "choose one of: kjdzsw:junior:product-development, kjdzsw:junior:purchasing, kjdzsw:junior:s"),
        ("intermediate", None, "does not state the skill requirements of the intermediate level; import the full"),
        ("senior", "kjdzsw:senior:purchasing", "does not state the skill requirements of the senior level"),
    ],
)
def test_what_the_source_does_not_state_cannot_be_examined(level, unit, reason):
    with pytest.raises(UnitRefused) as refused:
        default_blueprint(load_standard("kjdzsw"), level, unit)
    assert reason in refused.value.message("en")
    assert not refused.value.message("zh").isascii()


@pytest.mark.parametrize(
    "change",
    [{"complete": False}, {"assessment": {"units": "not_stated", "description": "没有说明"}}],
    ids=["level not complete", "assessment not stated"],
)
def test_level_that_is_stated_only_in_part_cannot_be_examined(change):
    with pytest.raises(UnitRefused, match="import the full text"):
        default_blueprint(standard(**change), "junior", None)


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"points": "10.3", "bands": [], "kind": "measured"}, "points", "points-unreachable"),
        ({"bands": [], "kind": "judged", "step": None}, "bands", "bands-not-0-to-3"),
        ({"kind": "judged"}, "step", "step-without-effect"),
        ({"step": None}, "step", "step-missing"),
        ({"bands": [], "kind": "banded"}, "bands", "bands-missing"),
        ({"points": "11"}, "bands/3/up_to", "bands-not-to-the-top"),
        ({"code": "xb2b:junior:1.1.2"}, None, "code-repeated"),
        ({"requirements": []}, "requirements", "too_short"),
        ({"points": "1e999"}, "points", "less_than_equal"),
        ({"points": "NaN"}, "points", "finite_number"),
        ({"step": "0.00001"}, "step", "decimal_max_places"),
    ],
)
def test_inconsistent_criterion_is_refused_at_its_place(change, place, fault):
    data = blueprint().model_dump(mode="json")
    data["components"][0]["tasks"][0]["criteria"][0].update(change)
    with pytest.raises(ValidationError) as refused:
        Blueprint.model_validate(data)
    expected = f"components/0/tasks/0/criteria/0/{place}" if place else "components/0/tasks/0/criteria/1/code"
    assert refusals(refused) == [(expected, fault)]


def test_bands_rise_and_each_holds_a_mark_that_can_be_given():
    data = blueprint().model_dump(mode="json")
    bands = data["components"][0]["tasks"][0]["criteria"][0]["bands"]
    bands[2]["up_to"], bands[1]["up_to"] = "4.4", "4"
    data["components"][0]["tasks"][1]["criteria"][0] |= {"kind": "banded", "bands": bands[:2] * 2}
    with pytest.raises(ValidationError) as refused:
        Blueprint.model_validate(data)
    assert refusals(refused) == [
        ("components/0/tasks/0/criteria/0/bands/2/up_to", "band-empty"),
        ("components/0/tasks/1/criteria/0/bands/2/band", "bands-not-rising"),
        ("components/0/tasks/1/criteria/0/bands/2/up_to", "band-empty"),
        ("components/0/tasks/1/criteria/0/bands/3/up_to", "bands-not-to-the-top"),
    ]


@pytest.mark.parametrize(
    ("change", "place", "fault"),
    [
        ({"weight": "0.6"}, "components/1/weight", "weights-not-one"),
        ({"line": "101"}, "components/0/line", "less_than_equal"),
        ({"marking": None}, "components/0/marking", "rules-missing"),
        ({"panel": {"size": 3, "aggregate": "mean"}}, "components/0/panel", "rules-without-effect"),
        ({"code": "interview"}, "components/1/code", "code-repeated"),
        ({"code": "Practical exam"}, "components/0/code", "string_pattern_mismatch"),
        ({"kind": "oral"}, "components/0/kind", "literal_error"),
        (
            {"kind": "panel", "marking": None, "panel": {"size": 2, "aggregate": "trimmed_mean"}},
            "components/0/panel/size",
            "panel-too-small",
        ),
        (
            {"marking": {"scheme": "two_one_arbitration", "tolerance": "-1", "no_straddle": True}},
            "components/0/marking/tolerance",
            "greater_than_equal",
        ),
        (
            {"marking": {"scheme": "single", "tolerance": "1", "no_straddle": True}},
            "components/0/marking/scheme",
            "literal_error",
        ),
    ],
)
def test_inconsistent_component_is_refused_at_its_place(change, place, fault):
    data = blueprint().model_dump(mode="json")
    data["components"][0].update(change)
    with pytest.raises(ValidationError) as refused:
        Blueprint.model_validate(data)
    assert refusals(refused) == [(place, fault)]


@pytest.mark.parametrize("step", ["0", "1.5"])
def test_figures_are_rounded_to_a_step_up_to_one(step):
    data = blueprint().model_dump(mode="json")
    data["composition"]["step"] = step
    with pytest.raises(ValidationError):
        Blueprint.model_validate(data)


@pytest.mark.parametrize("part", ["component", "task"])
def test_stated_total_must_be_the_sum(part):
    data = blueprint().model_dump(mode="json")
    stating = data["components"][0]["tasks"][2] if part == "task" else data["components"][0]
    stating["total"] = "100"
    with pytest.raises(ValidationError) as refused:
        Blueprint.model_validate(data)
    place = "components/0/tasks/2" if part == "task" else "components/0"
    assert refusals(refused) == [(f"{place}/total", "wrong-total")]
