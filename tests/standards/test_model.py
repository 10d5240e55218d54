"""What the schema of a standard refuses, and what a standard answers about itself."""

from typing import Any

import pytest
from pydantic import ValidationError

from shared.standards import LevelUnknown, StandardUnknown, load_standard
from shared.standards.model import SkillStandard
from tests.standards.samples import data, requirement, standard


def area(changed: dict[str, Any]) -> dict[str, Any]:
    return changed["levels"][0]["units"][0]


def refused(changed: dict[str, Any], reason: str) -> None:
    with pytest.raises(ValidationError, match=reason):
        SkillStandard.model_validate(changed)


def test_a_standard_survives_json():
    assert SkillStandard.model_validate_json(standard().model_dump_json()) == standard()


def test_unknown_standard_is_refused_with_the_known_ones():
    with pytest.raises(StandardUnknown, match="stored are: kjdzsw, xb2b"):
        load_standard("nothing")


def test_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(LevelUnknown, match="stored are: junior, senior"):
        standard().level("intermediate")


def test_every_part_is_found_by_its_code():
    found = standard()
    assert found.find("cafe:junior:1").title == "开店准备"
    assert found.find("cafe:junior:1.2").title == "物料补充"
    assert found.requirement("cafe:junior:1.1.2").words == "启动设备"
    for code in ("cafe:junior:9", "cafe:junior:1"):
        with pytest.raises(KeyError):
            found.requirement(code)


@pytest.mark.parametrize(("kind", "count"), [("higher_includes_lower", 4), ("separate", 1), ("not_stated", 1)])
def test_a_higher_level_covers_what_the_document_says(kind: str, count: int):
    changed = data(inclusion={"kind": kind, "description": "见文件。"})
    senior = changed["levels"][1]
    senior["units"] = [
        {
            "code": "cafe:senior:1",
            "clause": "1",
            "title": "经营",
            "tasks": [
                {
                    "code": "cafe:senior:1.1",
                    "clause": "1.1",
                    "title": "分析",
                    "requirements": [requirement("cafe:senior:1.1.1", "分析销量。")],
                }
            ],
        }
    ]
    found = SkillStandard.model_validate(changed)
    assert len(found.covers("senior")) == count
    assert len(found.covers("junior")) == 3
    assert found.covers("senior")[-1].code == "cafe:senior:1.1.1"


def test_code_given_twice_is_refused():
    changed = data()
    area(changed)["tasks"][0]["requirements"][1]["code"] = "cafe:junior:1.1.1"
    refused(changed, r"code cafe:junior:1\.1\.1 is given twice")


@pytest.mark.parametrize("code", ["cafe:junior:9.2", "cafe:junior:1", "cafe:junior:10.2", "bar:junior:1.2"])
def test_code_outside_its_parent_is_refused(code: str):
    changed = data()
    area(changed)["tasks"][1]["code"] = code
    refused(changed, f"code {code} (does not lie under cafe:junior:1|is given twice)")


def test_complete_unit_without_tasks_is_refused_and_incomplete_one_is_kept():
    changed = data()
    area(changed)["tasks"] = []
    refused(changed, "has no work task")
    area(changed)["complete"] = False
    assert not SkillStandard.model_validate(changed).level("junior").units[0].complete


def test_complete_unit_with_a_requirement_that_breaks_off_is_refused():
    changed = data()
    area(changed)["tasks"][0]["requirements"][0]["complete"] = False
    refused(changed, "has an incomplete requirement")


def test_complete_level_without_units_is_refused():
    changed = data()
    changed["levels"][1]["complete"] = True
    refused(changed, "level senior is marked complete but has no unit")


def test_level_given_twice_is_refused():
    changed = data()
    changed["levels"].append(changed["levels"][1])
    refused(changed, "given twice")


def test_unknown_category_is_refused():
    changed = data()
    area(changed)["category"] = "other"
    refused(changed, "unknown category other")


def test_a_level_may_be_told_if_it_agrees_with_the_code():
    told = standard().model_dump(mode="json")
    assert SkillStandard.model_validate(told) == standard()
    told["levels"][0]["units"][0]["level"] = "senior"
    refused(told, "level senior does not agree with code cafe:junior:1")


def test_what_the_schema_does_not_know_is_refused():
    refused(data(titel="x"), "Extra inputs are not permitted")
