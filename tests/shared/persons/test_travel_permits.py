"""Travel permits: what is printed, and what of it is the holder's for life."""

import pytest

from shared.persons.travel_permits import hk_macau_holder, hk_macau_number, taiwan_holder, taiwan_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("H12345678", "H12345678"),
        ("M1234567801", "M1234567801"),
        ("H12345678(02)", "H1234567802"),
        ("HA1234567", "HA1234567"),
        ("MA123456701", "MA123456701"),
        ("H1234567", None),
        ("H123456789", None),
        ("A12345678", None),
        ("HB1234567", None),
        ("HA12345678", None),
    ],
)
def test_hong_kong_and_macau(written, number):
    assert hk_macau_number(written) == number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("12345678", "12345678"),
        ("12345678(01)", "12345678"),
        ("12345678(2)", "12345678"),
        ("1234567801", "1234567801"),
        ("1234567801(B)", "1234567801(B)"),
        ("1234567801B", "1234567801(B)"),
        ("1234", None),
        ("123456789", None),
        ("T12345678", None),
    ],
)
def test_taiwan(written, number):
    assert taiwan_number(written) == number


def test_renewals_and_issues_are_the_same_holder():
    assert {hk_macau_holder(number) for number in ("H12345678", "H1234567801", "H1234567802")} == {"H12345678"}
    assert {hk_macau_holder(number) for number in ("HA1234567", "HA123456703")} == {"HA1234567"}
    assert {taiwan_holder(number) for number in ("12345678", "1234567801", "1234567802(B)")} == {"12345678"}
