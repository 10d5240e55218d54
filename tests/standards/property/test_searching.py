"""Everything can be found by what it is called and by what it says."""

import unicodedata

from hypothesis import assume, given
from hypothesis import strategies as st

from shared.standards.codes import LEVELS
from shared.standards.model import SkillStandard
from shared.standards.searching import search
from tests.standards.property.strategies import standards, unhurried


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
def test_case_width_and_spaces_do_not_matter(standard: SkillStandard, data: st.DataObject):
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
