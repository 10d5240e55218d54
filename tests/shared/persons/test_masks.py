"""Masks hide what identifies."""

import pytest

from shared.persons.masks import mask_name, mask_number, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [("王", "*"), ("王明", "王*"), ("欧阳若兰", "欧***"), ("阿依古丽·买买提", "阿*******"), ("", "*")],
)
def test_of_a_name_the_first_character_is_shown(name, shown):
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("number", "shown"),
    [("110101200001010010", "1101**********0010"), ("E12345678", "E*******8"), ("H12345678", "H*******8")],
)
def test_of_a_number_the_ends_are_shown(number, shown):
    assert mask_number(number) == shown


@pytest.mark.parametrize(("phone", "shown"), [("13800000001", "138****0001"), ("+85291234567", "+852****4567")])
def test_of_a_telephone_the_middle_is_hidden(phone, shown):
    assert mask_phone(phone) == shown
