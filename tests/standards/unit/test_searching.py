"""What a search finds, and in which order."""

import pytest

from shared.standards.searching import search
from tests.standards.unit.samples import standard


def found(words: str, **options) -> list[str | None]:
    return [hit.code or hit.title for hit in search([standard()], words, **options)]


def test_a_code_finds_its_part_first_and_then_what_lies_below():
    assert found("cafe:junior:1.1") == [
        "cafe:junior:1.1",
        "cafe:junior:1.1.1",
        "cafe:junior:1.1.2",
    ]
    assert found("1.2.1") == ["cafe:junior:1.2.1"]


def test_a_title_comes_before_a_description_and_that_before_what_lies_below():
    assert found("设备") == ["cafe:junior:1.1.2"]
    assert found("检查") == ["cafe:junior:1.1", "cafe:junior:1.1.1", "cafe:junior:1.1.2"]
    assert found("咖啡") == ["咖啡店", "意式浓缩", "cafe:junior:1.1.2"]


@pytest.mark.parametrize("words", ["espresso", "ＥＳＰＲＥＳＳＯ", "高压 萃取", "高 压 萃 取", "高压萃取的咖啡"])
def test_case_width_and_spaces_do_not_matter(words: str):
    assert found(words) == ["意式浓缩"]


def test_all_words_must_be_there_in_the_part_or_above_it():
    assert found("初级 照明") == ["cafe:junior:1.1.1"]
    assert found("opening lights") == ["cafe:junior:1.1.1"]
    assert found("照明 没有") == []


def test_a_hit_says_where_it_stands():
    [hit] = search([standard()], "lights")
    assert hit.model_dump(exclude_none=True) == {
        "standard": "cafe",
        "edition": "2021",
        "kind": "requirement",
        "level": "junior",
        "code": "cafe:junior:1.1.1",
        "clause": "1.1.1",
        "description": "检查照明和桌椅。",
        "description_en": "Checks the lights.",
        "path": ("咖啡店运营", "初级", "开店准备", "环境检查"),
    }


def test_levels_categories_and_terms_are_found_too():
    [level] = search([standard()], "经营")
    assert (level.kind, level.code, level.level) == ("level", "cafe:senior", "senior")
    [category] = search([standard()], "服务")
    assert (category.kind, category.code, category.level) == ("category", "service", None)
    [term] = search([standard()], "Espresso")
    assert (term.kind, term.code, term.clause) == ("term", None, "3.2")


def test_one_level_only():
    assert found("cafe", level="senior") == ["cafe:senior"]
    assert "cafe:senior" not in found("cafe", level="junior")


@pytest.mark.parametrize("words", ["", "  ", "\u3000"])
def test_no_words_find_nothing(words: str):
    assert found(words) == []


def test_several_standards_keep_their_order():
    hits = search([standard("tea"), standard("cafe")], "照明")
    assert [hit.standard for hit in hits] == ["tea", "cafe"]
