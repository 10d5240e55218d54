"""Names: one form to sign, tolerant to compare, masked for strangers."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certificate.domain.naming import mask_name, normalise_name, same_name


def test_name_is_signed_in_one_form():
    assert normalise_name("  Zoë\u3000Li ") == normalise_name("Zoe\u0308 Li") == "Zoë Li"


@pytest.mark.parametrize("name", ["", " \u3000", "王\ud800"])
def test_name_that_cannot_be_signed_is_refused(name):
    with pytest.raises(ValueError, match=r".*"):
        normalise_name(name)


@pytest.mark.parametrize(
    ("typed", "held"), [("王 小明", "王小明"), ("阿卜杜拉·买买提", "阿卜杜拉•买买提"), ("ZOË li", "Zoë Li")]
)
def test_names_are_compared_as_people_type_them(typed, held):
    assert same_name(typed, held)


def test_other_names_differ():
    assert not same_name("王小明", "王晓明")
    assert not same_name("", "王小明")


@pytest.mark.parametrize(("name", "shown"), [("王", "*"), ("王明", "王*"), ("欧阳若兰", "欧***")])
def test_strangers_see_the_first_character_only(name, shown):
    assert mask_name(name) == shown


@given(st.text(st.characters(codec="utf-8"), max_size=40), st.text(max_size=40))
def test_comparing_names_never_fails(one, two):
    assert same_name(one, one)
    same_name(one, two)
