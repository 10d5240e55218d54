"""Organisation codes of GB 32100-2015."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.organisations import credit_check_character, read_credit_code
from shared.persons.reading import Fault

BODIES = st.from_regex(r"[0-9A-HJ-NPQRTUWXY]{2}[0-9]{6}[0-9A-HJ-NPQRTUWXY]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("body", "check"), [("12100000400000000", "W"), ("91310115MA1G4L1WX", "7"), ("91110000600037341", "L")]
)
def test_check_character_is_mod_31(body, check):
    assert credit_check_character(body) == check


@pytest.mark.parametrize(
    "written", ["12100000400000000W", "12100000 4000000 00w", "１２１００００0400000000Ｗ", "'12100000400000000W"]
)
def test_spellings_of_one_code(written):
    assert read_credit_code(written) == ("12100000400000000W", None, ())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("91310115MA1G4L1WXK", "wrong_credit_code_check"),
        ("12100000400000000I", "bad_credit_code"),
        ("1210000040000000W", "bad_credit_code"),
        ("12A00000400000000W", "bad_credit_code"),
        ("", "bad_credit_code"),
    ],
)
def test_what_is_wrong_is_named(written, code):
    assert read_credit_code(written).fault == Fault(code)


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_refused(body, place, shift):
    if body[place].isdigit():
        wrong = body[:place] + str((int(body[place]) + shift) % 10) + body[place + 1 :]
        assert credit_check_character(wrong) != credit_check_character(body)
