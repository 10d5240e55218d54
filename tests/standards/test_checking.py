"""Whether a blueprint fits its standard: all that does not is told at once, each with its place."""

from collections.abc import Callable
from typing import Any

import pytest

from shared.standards import Blueprint, BlueprintInvalid, check_blueprint, default_blueprint, load_standard
from shared.standards.model import SkillStandard

Change = Callable[[dict[str, Any]], None]


def standard(**changes: Any) -> SkillStandard:
    return SkillStandard.model_validate(load_standard("xb2b").model_dump(mode="json") | changes)


def faults(change: Change, against: SkillStandard | None = None) -> list[tuple[str, str]]:
    data = default_blueprint(load_standard("xb2b"), "junior").model_dump(mode="json")
    for part in (data["practical"], data["interview"], *data["practical"]["tasks"]):
        part["total"] = None
    change(data)
    with pytest.raises(BlueprintInvalid) as refused:
        check_blueprint(Blueprint.model_validate(data), against or standard())
    assert all(not fault.zh.isascii() and fault.en.isascii() for fault in refused.value.errors)
    return [(fault.pointer, fault.code) for fault in refused.value.errors]


def test_the_derived_one_fits():
    check_blueprint(default_blueprint(standard(), "senior"), standard())


def drop_requirement(data: dict[str, Any]) -> None:
    data["practical"]["tasks"][1]["criteria"].pop()
    data["interview"]["criteria"][1]["requirements"].pop()


def test_requirement_without_criterion_is_named():
    data = default_blueprint(load_standard("xb2b"), "junior")
    assert faults(drop_requirement) == [("/practical/tasks", "requirement-not-assessed")]
    with pytest.raises(BlueprintInvalid) as refused:
        check_blueprint(data.model_copy(update={"practical": data.practical, "level": "intermediate"}), standard())
    assert "xb2b:intermediate:1.1.1" in refused.value.errors[0].en


def test_requirement_of_another_level_is_out_of_scope():
    def change(data: dict[str, Any]) -> None:
        data["interview"]["criteria"][0]["requirements"].append("xb2b:senior:1.1.1")
        data["practical"]["tasks"][0]["criteria"][2]["requirements"].append("xb2b:junior:9.9.9")

    assert faults(change) == [
        ("/practical/tasks/0/criteria/2/requirements/1", "requirement-out-of-scope"),
        ("/interview/criteria/0/requirements/3", "requirement-out-of-scope"),
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ({"edition": None}, ("/edition", "edition-missing")),
        ({"edition": "1.0"}, ("/edition", "edition-differs")),
        ({"unit": "xb2b:junior:1"}, ("/unit", "unit-refused")),
        ({"standard": "other"}, ("/standard", "standard-differs")),
    ],
)
def test_wrong_head_is_located(head, expected):
    assert faults(lambda data: data.update(head)) == [expected]


def test_level_that_the_standard_lacks_is_located():
    levels = standard().model_dump(mode="json")["levels"]
    assert faults(lambda data: None, standard(levels=levels[1:])) == [("/level", "level-unknown")]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ({"tolerance": "100"}, ("/rules/tolerance", "tolerance-too-wide")),
        ({"tolerance": "0.1"}, ("/rules/tolerance", "tolerance-without-effect")),
        ({"pass_line_practical": "0"}, ("/rules/pass_line_practical", "pass-line-missing")),
        ({"pass_line_interview": "0"}, ("/rules/pass_line_interview", "pass-line-missing")),
    ],
)
def test_rules_that_rule_nothing_are_refused(rules, expected):
    assert faults(lambda data: data["rules"].update(rules)) == [expected]


def test_no_tolerance_at_all_is_a_rule():
    derived = default_blueprint(standard(), "junior").model_dump(mode="json")
    derived["rules"]["tolerance"] = "0"
    check_blueprint(Blueprint.model_validate(derived), standard())


def test_all_faults_are_told_at_once():
    def change(data: dict[str, Any]) -> None:
        drop_requirement(data)
        data["edition"] = "1.0"
        data["rules"]["tolerance"] = "100"
        first = data["practical"]["tasks"][0]["criteria"][0]
        first["requirements"] *= 2

    assert faults(change) == [
        ("/edition", "edition-differs"),
        ("/rules/tolerance", "tolerance-too-wide"),
        ("/practical/tasks/0/criteria/0/requirements/1", "requirement-repeated"),
        ("/practical/tasks", "requirement-not-assessed"),
    ]
