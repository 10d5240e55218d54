"""What is told of two editions: what was added, dropped, changed, moved, each in a line in both languages."""

import re
from collections import Counter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.standards.catalogue import load_standard
from shared.standards.difference import Difference, difference
from shared.standards.items import items, plain
from shared.standards.model import SkillStandard
from shared.standards.naming import field_zh
from tests.standards.samples import data, requirement, standard
from tests.standards.strategies import standards, texts, unhurried


def compared(changed: dict[str, Any]) -> Difference:
    return difference(standard(), SkillStandard.model_validate(changed))


def first_task(changed: dict[str, Any]) -> dict[str, Any]:
    return changed["levels"][0]["units"][0]["tasks"][0]


def keys(entries) -> list[tuple[str, str]]:
    return [(entry.kind, entry.key) for entry in entries]


def test_the_same_edition_differs_in_nothing():
    assert difference(standard(), standard()).same
    assert not compared(data(edition="2022")).same


def test_the_head_tells_its_fields():
    found = compared(data(edition="2022", status="draft", publisher={"owner": "别的大学"}))
    [change] = found.changed
    assert (change.kind, change.key) == ("standard", "")
    assert [(each.field, each.old, each.new) for each in change.fields] == [
        ("edition", "2021", "2022"),
        ("status", "published", "draft"),
        ("publisher.owner", "青禾大学", "别的大学"),
    ]
    assert change.zh.startswith("修改标准：版本由“2021”改为“2022”")
    assert change.en.startswith('changed standard: edition from "2021" to "2022"')


def test_a_requirement_is_added_dropped_and_changed():
    changed = data()
    task = first_task(changed)
    task["requirements"][0]["description"] = "检查照明、桌椅和卫生间。"
    task["requirements"][1] = requirement("cafe:junior:1.1.3", "清洁磨豆机。", description_en="Cleans the grinder.")
    found = compared(changed)
    assert keys(found.added) == [("requirement", "cafe:junior:1.1.3")]
    assert keys(found.dropped) == [("requirement", "cafe:junior:1.1.2")]
    assert keys(found.changed) == [("requirement", "cafe:junior:1.1.1")]
    assert found.added[0].zh == "新增技能要求 cafe:junior:1.1.3：清洁磨豆机。"
    assert found.added[0].en == "added requirement cafe:junior:1.1.3: Cleans the grinder."
    assert found.dropped[0].zh == "删去技能要求 cafe:junior:1.1.2：启动设备"
    assert "说明由“检查照明和桌椅。”改为“检查照明、桌椅和卫生间。”" in found.changed[0].zh


def test_renumbering_moves_and_neither_drops_nor_adds():
    changed = data()
    task = first_task(changed)
    for each, number in zip(task["requirements"], (3, 2), strict=True):
        each["code"], each["clause"] = f"cafe:junior:1.1.{number}", f"1.1.{number}"
    found = compared(changed)
    assert [(move.key, move.to) for move in found.moved] == [("cafe:junior:1.1.1", "cafe:junior:1.1.3")]
    assert (found.added, found.dropped, found.changed) == ((), (), ())
    assert found.moved[0].zh == "移动技能要求 cafe:junior:1.1.1 → cafe:junior:1.1.3：检查照明和桌椅。"


def test_an_insertion_moves_all_that_follows():
    changed = data()
    changed["terms"].insert(0, {"clause": "3.1", "title": "拿铁", "definition": "加奶的咖啡。"})
    for number, term in enumerate(changed["terms"], start=1):
        term["clause"] = f"3.{number}"
    found = compared(changed)
    assert [(move.key, move.to) for move in found.moved] == [("3.1", "3.2"), ("3.2", "3.3")]
    assert [(entry.kind, entry.key, entry.name) for entry in found.added] == [("term", "3.1", "拿铁")]
    assert found.dropped == ()


def test_what_differs_in_punctuation_width_or_spaces_is_the_same_words():
    changed = data()
    first = first_task(changed)["requirements"][0]
    first |= {"code": "cafe:junior:1.1.9", "clause": "1.1.9", "description": "检查 照明，和桌椅"}
    [move] = compared(changed).moved
    assert (move.key, move.to) == ("cafe:junior:1.1.1", "cafe:junior:1.1.9")
    assert [each.field for each in move.fields] == ["description"]


def test_what_has_changed_its_code_and_its_words_is_dropped_and_added():
    changed = data()
    first = first_task(changed)["requirements"][0]
    first |= {"code": "cafe:junior:1.1.9", "clause": "1.1.9", "description": "检查门窗。"}
    found = compared(changed)
    assert keys(found.dropped) == [("requirement", "cafe:junior:1.1.1")]
    assert keys(found.added) == [("requirement", "cafe:junior:1.1.9")]


def test_a_level_with_all_that_is_in_it():
    changed = data()
    changed["levels"].pop(0)
    found = compared(changed)
    assert keys(found.dropped) == [
        ("level", "junior"),
        ("employer", "junior/咖啡店"),
        ("post", "junior/咖啡师助理"),
        ("unit", "cafe:junior:1"),
        ("task", "cafe:junior:1.1"),
        ("requirement", "cafe:junior:1.1.1"),
        ("requirement", "cafe:junior:1.1.2"),
        ("task", "cafe:junior:1.2"),
        ("requirement", "cafe:junior:1.2.1"),
    ]


def test_references_majors_posts_and_levels_are_compared():
    changed = data()
    changed["references"][0]["year"] = None
    changed["majors"][0]["majors"] = [{"title": "中餐烹饪"}]
    changed["levels"][0]["posts"]["posts"].append({"title": "收银员"})
    changed["levels"][1]["assessment"]["units"] = "one_unit"
    found = compared(changed)
    assert keys(found.changed) == [("reference", "GB/T 1.1"), ("level", "senior")]
    assert found.changed[0].en == 'changed reference GB/T 1.1: year from "2009" to none'
    assert found.changed[1].zh == "修改等级 senior：考核方式考核单元由“not_stated”改为“one_unit”"
    assert keys(found.added) == [("major", "secondary/中餐烹饪"), ("post", "junior/收银员")]
    assert keys(found.dropped) == [("major", "secondary/西餐烹饪")]


def test_two_parts_with_the_same_key_are_told_apart():
    changed = data()
    changed["terms"].append({"clause": "3.2", "title": "美式", "definition": "加水的咖啡。"})
    assert keys(compared(changed).added) == [("term", "3.2 (2)")]


def test_the_same_words_of_another_standard_have_moved():
    found = difference(standard(), standard(code="bar"))
    assert keys(found.added) == keys(found.dropped) == []
    assert ("cafe:junior:1.1.1", "bar:junior:1.1.1") in [(move.key, move.to) for move in found.moved]


@pytest.mark.parametrize("code", ["xb2b", "kjdzsw"])
def test_every_field_has_a_name_in_chinese(code: str):
    named = {field_zh(name): name for item in items(load_standard(code)) for name in item.fields}
    assert [name for told, name in named.items() if re.search("[a-z]", told)] == []


def test_a_long_text_is_shortened_to_a_line():
    changed = data()
    first_task(changed)["requirements"].append(requirement("cafe:junior:1.1.3", "很长\n" * 60))
    line = compared(changed).added[0].zh
    assert "\n" not in line
    assert len(line) < 80
    assert line.endswith("…")


same_code = standards(code=st.just("x"))


@unhurried
@given(standards())
def test_an_edition_does_not_differ_from_itself(standard: SkillStandard):
    found = difference(standard, standard)
    assert found.same
    assert (found.added, found.dropped, found.changed, found.moved) == ((), (), (), ())


@unhurried
@given(same_code, same_code)
def test_the_difference_turns_the_old_keys_into_the_new_ones(old: SkillStandard, new: SkillStandard):
    found = difference(old, new)
    keys = {(item.kind, item.key) for item in items(old)}
    keys -= {(entry.kind, entry.key) for entry in (*found.dropped, *found.moved)}
    assert {(entry.kind, entry.key) for entry in found.changed} <= keys
    keys |= {(entry.kind, entry.key) for entry in found.added} | {(entry.kind, entry.to) for entry in found.moved}
    assert keys == {(item.kind, item.key) for item in items(new)}


@unhurried
@given(same_code, same_code)
def test_the_difference_turns_the_old_fields_into_the_new_ones(old: SkillStandard, new: SkillStandard):
    before = {(item.kind, item.key): dict(item.fields) for item in items(old)}
    after = {(item.kind, item.key): dict(item.fields) for item in items(new)}
    found = difference(old, new)
    fresh = {(entry.kind, entry.key) for entry in found.added} | {(entry.kind, entry.to) for entry in found.moved}
    for entry in found.changed:
        for change in entry.fields:
            assert before[entry.kind, entry.key].get(change.field) == change.old
            before[entry.kind, entry.key][change.field] = change.new
    kept = {key: fields for key, fields in after.items() if key not in fresh}
    assert {key: filled(before[key]) for key in kept} == {key: filled(fields) for key, fields in kept.items()}


@unhurried
@given(same_code, same_code)
def test_the_way_back_is_the_reverse(old: SkillStandard, new: SkillStandard):
    there, back = difference(old, new), difference(new, old)
    assert Counter(entry.kind for entry in there.added) == Counter(entry.kind for entry in back.dropped)
    assert Counter(entry.kind for entry in there.dropped) == Counter(entry.kind for entry in back.added)


@unhurried
@given(standards(), texts)
def test_what_moves_has_the_same_words(standard: SkillStandard, title: str):
    """Renumber everything: no part of the tree is reported as dropped or added."""
    renamed = standard.model_dump(mode="json") | {"code": "elsewhere", "title": title}
    moved = difference(standard, SkillStandard.model_validate(recoded(renamed, standard.code)))
    tree = {"unit", "task", "requirement"}
    worded = {entry.key for entry in moved.dropped if entry.kind in tree and plain(entry.name)}
    assert worded == set()


def recoded(value, code: str):
    """Return data with every item's code under another standard."""
    if isinstance(value, dict):
        return {name: new_code(each, code) if name == "code" else recoded(each, code) for name, each in value.items()}
    return [recoded(each, code) for each in value] if isinstance(value, list) else value


def new_code(own: str, code: str) -> str:
    """Return an item's code under another standard; other codes stay."""
    return own.replace(f"{code}:", "elsewhere:", 1) if own.startswith(f"{code}:") else own


def filled(fields: dict) -> dict:
    """Return the fields that say something."""
    return {name: value for name, value in fields.items() if value is not None}
