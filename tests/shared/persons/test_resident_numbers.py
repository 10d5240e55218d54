"""Residents' numbers: the vectors of GB 11643, and what its check character catches of typing."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.resident_numbers import check_character, permit_fault, resident_fault
from tests.shared.persons.numbers import NUMBERS, TODAY, number_of, whole


@pytest.mark.parametrize(
    ("body", "check"),
    [("11010120000101001", "0"), ("54010220080229123", "4"), ("23010319990229001", "8")],
)
def test_check_character_is_iso_7064_mod_11_2(body, check):
    assert check_character(body) == check


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("110101200001010010", None),
        ("540102200802291234", None),
        ("230103199902290018", "impossible_date"),
        ("110101200001010011", "wrong_check_digit"),
        ("110101200013010015", "impossible_date"),
        ("11010118000101001X", "impossible_date"),
        ("110101209901010010", "future_date"),
        ("990101200001010010", "unknown_region"),
        ("110199200001010010", "unknown_region"),
        ("110101000101001", "number_of_1984"),
        ("11010120000101001", "bad_format"),
        ("1101012000010100100", "bad_format"),
        ("1101012000010100X0", "bad_format"),
        (whole("81000020000101001"), "number_of_permit"),
        (whole("83000020000101001"), "number_of_permit"),
        (whole("84000020000101001"), "unknown_region"),
        (whole("81010120000101001"), "unknown_region"),
    ],
)
def test_resident_number(number, fault):
    assert resident_fault(number, TODAY) == fault


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        (whole("81000020000101001"), None),
        (whole("82000020000101001"), None),
        (whole("83000020000101001"), None),
        (whole("81010120000101001"), "unknown_region"),
        ("110101200001010010", "unknown_region"),
        (whole("81000020000230001"), "impossible_date"),
        (whole("81000020000101001")[:-1], "bad_format"),
    ],
)
def test_number_of_a_residence_permit(number, fault):
    assert permit_fault(number, TODAY) == fault


def test_born_today_is_fine_and_tomorrow_is_not():
    assert resident_fault(number_of("310115", TODAY, 1), TODAY) is None
    assert resident_fault(number_of("310115", TODAY + timedelta(days=1), 1), TODAY) == "future_date"


def test_retired_and_young_address_codes_are_known():
    for address in ("110103", "510202", "330113", "330114"):
        assert resident_fault(number_of(address, date(1990, 1, 1), 1), TODAY) is None


@given(NUMBERS)
def test_built_numbers_are_good(number):
    assert resident_fault(number, TODAY) is None


@given(NUMBERS, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(number, place, shift):
    digit = str((int(number[place]) + shift) % 10)
    assert resident_fault(number[:place] + digit + number[place + 1 :], TODAY) is not None


@given(NUMBERS, st.integers(0, 15))
def test_two_swapped_digits_are_always_refused(number, place):
    swapped = number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    if swapped != number:
        assert resident_fault(swapped, TODAY) is not None
