"""A difference is what it says: with it, the old edition's codes become the new one's."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from shared.standards.difference import difference
from shared.standards.items import items, plain
from shared.standards.model import SkillStandard
from tests.standards.property.strategies import standards, texts, unhurried

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
