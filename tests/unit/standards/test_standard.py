"""The stored standard and what its schema refuses."""

from typing import Any

import pytest
import yaml

from shared.standards import LevelUnknown, StandardUnknown, load_standard, standard_codes
from shared.standards.errors import StandardInvalid
from shared.standards.loader import parse_standard
from shared.standards.model import SkillStandard

TREE = {
    ("1", "平台店铺基础操作"): {
        ("1.1", "协助旺铺装修"): ["1.1.1", "1.1.2", "1.1.3"],
        ("1.2", "协助店铺数据运营"): ["1.2.1", "1.2.2", "1.2.3"],
    },
    ("2", "线上跨境交易"): {
        ("2.1", "外贸跟单"): ["2.1.1", "2.1.2", "2.1.3"],
        ("2.2", "单证制作"): ["2.2.1", "2.2.2", "2.2.3"],
    },
}


def as_dict() -> dict[str, Any]:
    return load_standard("xb2b").model_dump(mode="json")


def parse(data: dict[str, Any]) -> SkillStandard:
    return parse_standard(yaml.safe_dump(data, allow_unicode=True), "changed.yaml")


def test_junior_level_has_the_tree_of_the_document():
    level = load_standard("xb2b").level("junior")
    tree = {
        (unit.clause, unit.title): {
            (task.clause, task.title): [requirement.clause for requirement in task.requirements] for task in unit.tasks
        }
        for unit in level.units
    }
    assert tree == TREE
    assert level.assessed_by == "all_units"
    assert [requirement.code for requirement in level.requirements] == [
        f"xb2b:junior:{clause}" for unit in TREE.values() for clauses in unit.values() for clause in clauses
    ]


def test_standard_survives_json():
    standard = load_standard("xb2b")
    assert SkillStandard.model_validate_json(standard.model_dump_json()) == standard
    assert standard_codes() == ("xb2b",)
    assert standard.requirement("xb2b:junior:2.2.3").clause == "2.2.3"
    assert len(standard.covers("junior")) == 12


def test_unknown_standard_is_refused_with_the_known_ones():
    with pytest.raises(StandardUnknown, match="stored are: xb2b"):
        load_standard("nothing")


def test_unknown_level_is_refused_with_the_known_ones():
    with pytest.raises(LevelUnknown, match="stored are: junior"):
        load_standard("xb2b").level("senior")


def test_code_given_twice_is_refused():
    data = as_dict()
    data["levels"][0]["units"][0]["tasks"][0]["requirements"][1]["code"] = "xb2b:junior:1.1.1"
    with pytest.raises(StandardInvalid, match=r"changed\.yaml.*xb2b:junior:1\.1\.1 is given twice"):
        parse(data)


def test_code_outside_its_parent_is_refused():
    data = as_dict()
    data["levels"][0]["units"][1]["tasks"][0]["code"] = "xb2b:junior:1.9"
    with pytest.raises(StandardInvalid, match="does not lie under xb2b:junior:2"):
        parse(data)


def test_complete_unit_without_tasks_is_refused_and_incomplete_one_is_kept():
    data = as_dict()
    data["levels"][0]["units"][1]["tasks"] = []
    with pytest.raises(StandardInvalid, match="has no work task"):
        parse(data)
    data["levels"][0]["units"][1]["complete"] = False
    assert not parse(data).level("junior").units[1].complete


def test_fault_names_its_place():
    data = as_dict()
    data["levels"][0]["units"][0]["tasks"][0]["titel"] = "misspelt"
    with pytest.raises(StandardInvalid, match=r"levels\.0\.units\.0\.tasks\.0\.titel"):
        parse(data)


def test_broken_yaml_is_refused():
    with pytest.raises(StandardInvalid, match=r"broken\.yaml"):
        parse_standard("code: [", "broken.yaml")
