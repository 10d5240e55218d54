"""The card of foreigners, in its form until 2023 and since."""

import pytest

from shared.persons.residence_cards import residence_card_fault
from tests.shared.persons.numbers import TODAY, whole


@pytest.mark.parametrize(
    ("number", "fault"),
    [
        ("USA110080010101", None),
        ("US1100800101011", "bad_format"),
        (whole("91101120000101001"), None),
        (whole("91101120000101001")[:-1] + "?", "bad_format"),
        (whole("91101120001301001"), "impossible_date"),
        ("110101200001010010", "unknown_region"),
    ],
)
def test_card(number, fault):
    assert residence_card_fault(number, TODAY) == fault


def test_a_wrong_check_character_is_refused():
    good = whole("91101120000101001")
    assert residence_card_fault(good[:-1] + ("0" if good[-1] != "0" else "1"), TODAY) == "wrong_check_digit"
