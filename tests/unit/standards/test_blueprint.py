"""The derived blueprint, its rules, and what is refused."""

import json
from decimal import Decimal

import pytest
from pydantic import ValidationError

from shared.standards import Blueprint, BlueprintInvalid, Rules, UnitRefused, default_blueprint, load_standard
from shared.standards.blueprint import check_coverage
from shared.standards.model import SkillStandard


def standard(**level_changes: object) -> SkillStandard:
    data = load_standard("xb2b").model_dump(mode="json")
    data["levels"][0].update(level_changes)
    return SkillStandard.model_validate(data)


def blueprint() -> Blueprint:
    return default_blueprint(load_standard("xb2b"), "junior")


def test_default_gives_each_requirement_equal_weight_in_both_components():
    derived = blueprint()
    assert derived.derived
    requirements = [requirement.code for requirement in load_standard("xb2b").level("junior").requirements]
    assert [criterion.code for criterion in derived.practical.criteria] == requirements
    assert {(criterion.points, criterion.step) for criterion in derived.practical.criteria} == {
        (Decimal(10), Decimal("0.5"))
    }
    weights = {
        code: criterion.points / len(criterion.requirements)
        for criterion in derived.interview.criteria
        for code in criterion.requirements
    }
    assert list(weights) == requirements
    assert set(weights.values()) == {Decimal(10)}


def test_blueprint_survives_json_with_decimals_as_text():
    data = json.loads(json.dumps(blueprint().model_dump(mode="json")))
    assert data["practical"]["tasks"][0]["criteria"][0]["points"] == "10"
    assert data["rules"]["weight_practical"] == "0.7"
    assert Blueprint.model_validate(data) == blueprint()


def test_unit_is_refused_where_all_units_are_assessed():
    with pytest.raises(UnitRefused, match="assesses all its units"):
        default_blueprint(standard(), "junior", "xb2b:junior:1")


def test_unit_must_be_chosen_where_one_is_assessed():
    with pytest.raises(UnitRefused, match="choose one"):
        default_blueprint(standard(assessed_by="one_unit"), "junior", None)
    chosen = default_blueprint(standard(assessed_by="one_unit"), "junior", "xb2b:junior:2")
    assert len(chosen.requirements) == 6
    assert chosen.unit == chosen.code == "xb2b:junior:2"


def test_incomplete_unit_is_refused_with_the_reason():
    units = load_standard("xb2b").model_dump(mode="json")["levels"][0]["units"]
    units[1]["complete"] = False
    with pytest.raises(UnitRefused, match="xb2b:junior:2 is incomplete"):
        default_blueprint(standard(units=units), "junior", None)


def test_requirement_without_criterion_is_found():
    short = blueprint().model_dump(mode="json")
    short["practical"]["tasks"][1]["criteria"].pop()
    short["interview"]["criteria"][1]["requirements"].pop()
    wanted = blueprint().requirements
    with pytest.raises(BlueprintInvalid) as refused:
        check_coverage(Blueprint.model_validate(short), wanted)
    assert [(error.code, "1.2.3" in error.en) for error in refused.value.errors] == [("requirement-not-assessed", True)]
    with pytest.raises(BlueprintInvalid) as refused:
        check_coverage(blueprint(), wanted[1:])
    assert [error.code for error in refused.value.errors] == ["requirement-out-of-scope"]


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"points": "10.3"}, "cannot be reached"),
        ({"bands": []}, "needs a description"),
        ({"points": "11"}, "bands must rise to 11"),
        ({"code": "xb2b:junior:1.1.2"}, "given twice"),
        ({"requirements": []}, "at least 1"),
    ],
)
def test_inconsistent_criterion_is_refused(change, fault):
    data = blueprint().model_dump(mode="json")
    data["practical"]["tasks"][0]["criteria"][0].update(change)
    with pytest.raises(ValidationError, match=fault):
        Blueprint.model_validate(data)


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ({"weight_practical": "0.6"}, "add up to 1"),
        ({"panel_aggregate": "trimmed_mean", "panel_size": 2}, "at least 3"),
        ({"tolerance": "-1"}, "greater than or equal to 0"),
    ],
)
def test_inconsistent_rules_are_refused(change, fault):
    with pytest.raises(ValidationError, match=fault):
        Rules.model_validate(blueprint().rules.model_dump(mode="json") | change)
