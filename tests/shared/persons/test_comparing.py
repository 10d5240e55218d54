"""At verification all is forgiven that entry folds, and capitals; nothing that tells two people apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.comparing import comparable, same_name
from shared.persons.names import normal_name
from tests.shared.persons.spellings import ALSO_FOUND, SPELLINGS

FOUND = [(name, typed) for name, spellings in SPELLINGS.items() for typed in spellings]
FOUND += [(name, typed) for name, spellings in ALSO_FOUND.items() for typed in spellings]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=30)


@pytest.mark.parametrize(("held", "typed"), FOUND)
def test_people_find_the_name_as_they_type_it(held, typed):
    assert same_name(typed, held)


@pytest.mark.parametrize(
    ("typed", "held"),
    [
        ("王小明", "王晓明"),
        ("", "王小明"),
        ("王小", "王小明"),
        ("Muller", "Müller"),
        ("Ogli", "O'g'li"),
        ("Zoe", "Żoe"),
        ("?", "王"),
    ],
)
def test_other_names_differ(typed, held):
    assert not same_name(typed, held)


def test_no_two_of_the_samples_are_one():
    assert len({comparable(name) for name in SPELLINGS}) == len(SPELLINGS)


@given(TEXTS, TEXTS)
def test_what_entry_folds_is_forgiven(one, other):
    assert same_name(one, normal_name(one))
    assert normal_name(one) != normal_name(other) or same_name(one, other)


@given(TEXTS)
def test_case_and_what_stands_between_tell_nobody_apart(text):
    name = normal_name(text)
    assert comparable(name) == comparable(name.replace(" ", "·"))


@given(st.text(max_size=30), st.text(max_size=30))
def test_comparing_never_fails(one, other):
    assert same_name(one, one)
    assert same_name(one, other) == same_name(other, one)
