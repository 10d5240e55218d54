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
    change(data)
    with pytest.raises(BlueprintInvalid) as refused:
        check_blueprint(Blueprint.model_validate(data), against or standard())
    assert all(not fault.zh.isascii() and fault.en.isascii() for fault in refused.value.errors)
    return [(fault.pointer, fault.code) for fault in refused.value.errors]


def test_the_derived_one_fits():
    check_blueprint(default_blueprint(standard(), "senior"), standard())


def drop_requirement(data: dict[str, Any]) -> None:
    data["components"][0]["tasks"][1]["criteria"].pop()
    data["components"][1]["tasks"][0]["criteria"][1]["requirements"].pop()


def test_requirement_without_criterion_is_named():
    data = default_blueprint(load_standard("xb2b"), "junior")
    assert faults(drop_requirement) == [("/components", "requirement-not-assessed")]
    with pytest.raises(BlueprintInvalid) as refused:
        check_blueprint(data.model_copy(update={"level": "intermediate"}), standard())
    assert "xb2b:intermediate:1.1.1" in refused.value.errors[0].en


def test_requirement_of_another_level_is_out_of_scope():
    def change(data: dict[str, Any]) -> None:
        data["components"][1]["tasks"][0]["criteria"][0]["requirements"].append("xb2b:senior:1.1.1")
        data["components"][0]["tasks"][0]["criteria"][2]["requirements"].append("xb2b:junior:9.9.9")

    assert faults(change) == [
        ("/components/0/tasks/0/criteria/2/requirements/1", "requirement-out-of-scope"),
        ("/components/1/tasks/0/criteria/0/requirements/3", "requirement-out-of-scope"),
    ]


@pytest.mark.parametrize(
    ("head", "expected"),
    [
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
    ("tolerance", "expected"), [("100", "tolerance-too-wide"), ("0.1", "tolerance-without-effect")]
)
def test_a_tolerance_that_rules_nothing_is_refused(tolerance, expected):
    def change(data: dict[str, Any]) -> None:
        data["components"][0]["marking"]["tolerance"] = tolerance

    assert faults(change) == [("/components/0/marking/tolerance", expected)]


def test_a_judged_criterion_differs_by_its_bands():
    def change(data: dict[str, Any]) -> None:
        for task in data["components"][0]["tasks"]:
            for criterion in task["criteria"]:
                criterion |= {"kind": "judged", "step": None}  # bands of 0, 4, 8 and 10 of 120 points
        data["components"][0]["marking"]["tolerance"] = "1.6"

    assert faults(change) == [("/components/0/marking/tolerance", "tolerance-without-effect")]


@pytest.mark.parametrize("at", [0, 1])
def test_a_line_of_nothing_is_refused_where_the_total_has_none(at):
    def change(data: dict[str, Any]) -> None:
        data["components"][at]["line"] = "0"

    assert faults(change) == [(f"/components/{at}/line", "pass-line-missing")]
    data = default_blueprint(standard(), "junior").model_dump(mode="json")
    change(data)
    data["composition"]["line"] = "60"
    check_blueprint(Blueprint.model_validate(data), standard())


def test_no_tolerance_at_all_is_a_rule():
    derived = default_blueprint(standard(), "junior").model_dump(mode="json")
    derived["components"][0]["marking"]["tolerance"] = "0"
    check_blueprint(Blueprint.model_validate(derived), standard())


def test_all_faults_are_told_at_once():
    def change(data: dict[str, Any]) -> None:
        drop_requirement(data)
        data["edition"] = "1.0"
        data["components"][0]["marking"]["tolerance"] = "100"
        first = data["components"][0]["tasks"][0]["criteria"][0]
        first["requirements"] *= 2

    assert faults(change) == [
        ("/edition", "edition-differs"),
        ("/components/0/marking/tolerance", "tolerance-too-wide"),
        ("/components/0/tasks/0/criteria/0/requirements/1", "requirement-repeated"),
        ("/components", "requirement-not-assessed"),
    ]
