"""What a search finds, and in which order."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from shared.standards.codes import LEVELS
from shared.standards.model import SkillStandard
from shared.standards.searching import search
from tests.standards.samples import standard
from tests.standards.strategies import standards, unhurried


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


def codes_found(standard: SkillStandard, words: str, **options) -> list[str | None]:
    return [hit.code for hit in search([standard], words, **options)]


@unhurried
@given(standards())
def test_every_requirement_is_found_first_by_its_own_code(standard: SkillStandard):
    for requirement in standard.requirements:
        assert codes_found(standard, requirement.code)[0] == requirement.code


@unhurried
@given(standards())
def test_every_requirement_is_found_by_each_of_its_words(standard: SkillStandard):
    for requirement in standard.requirements:
        for text in (requirement.title, requirement.title_en, requirement.description, requirement.description_en):
            for word in (text or "").split():
                assert requirement.code in codes_found(standard, word)


@unhurried
@given(standards(), st.data())
def test_case_width_and_spaces_matter_in_no_standard(standard: SkillStandard, data: st.DataObject):
    assume(standard.requirements)
    requirement = data.draw(st.sampled_from(standard.requirements))
    word = unicodedata.normalize("NFKC", "".join(requirement.description.split()))
    assert requirement.code in codes_found(standard, word)
    assert requirement.code in codes_found(standard, word.swapcase().casefold())


@unhurried
@given(standards(), st.sampled_from(LEVELS))
def test_a_level_has_only_its_own(standard: SkillStandard, level):
    everything = search([standard], standard.code)
    assert [hit for hit in everything if hit.level == level] == list(search([standard], standard.code, level=level))


@unhurried
@given(standards(), standards(), st.text(max_size=10))
def test_a_search_is_stable_and_finds_nothing_twice(first: SkillStandard, second: SkillStandard, words: str):
    hits = search([first, second], words)
    assert hits == search([first, second], words)
    coded = [(hit.standard, hit.edition, hit.kind, hit.code) for hit in hits if hit.code and first.code != second.code]
    assert len(coded) == len(set(coded))
    assert {hit.path for hit in hits} == {hit.path for hit in (*search([first], words), *search([second], words))}
