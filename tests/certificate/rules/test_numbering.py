"""Certificate numbers: form, check character, year of issue; they read back, and a slip of the pen is noticed."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.certificate.domain.numbering import (
    NumberParts,
    SerialsExhausted,
    check_character,
    issue_year,
    number_of,
    parse_number,
    series_of,
)


def test_check_character_agrees_with_the_published_example_of_iso_7064_mod_37_36():
    assert check_character("A12425GABC1234002") == "M"  # the example of the Global Release Identifier standard


def test_number_says_body_standard_level_year_and_serial():
    number = number_of(NumberParts(series_of("KZ", "xb2b", "junior"), 2026, 42))
    assert number.startswith("KZXB2BJ202600000042")
    assert len(number) == 20
    assert parse_number(number) == NumberParts("KZXB2BJ", 2026, 42)


@pytest.mark.parametrize(
    ("moment", "year"),
    [
        (datetime(2026, 12, 31, 15, 59, 59, tzinfo=UTC), 2026),
        (datetime(2026, 12, 31, 16, 0, 0, tzinfo=UTC), 2027),
        (datetime(2027, 1, 1, 0, 0, 0, tzinfo=UTC), 2027),
    ],
)
def test_year_is_that_of_issue_in_china(moment, year):
    assert issue_year(moment) == year


def test_series_is_refused_when_level_or_prefix_is_wrong():
    with pytest.raises(ValueError, match="unknown level"):
        series_of("KZ", "xb2b", "master")
    with pytest.raises(ValueError, match="no series"):
        series_of("kz-", "xb2b", "junior")


def test_standard_with_a_long_code_gets_a_series_of_its_own():
    codes = ["cross-border-e-commerce-overseas-marketing", "cross-border-e-commerce-overseas-warehousing"]
    series = [series_of("KZ", code, "senior") for code in codes]
    assert [each[:16] for each in series] == ["KZCROSSBORDERECO"] * 2
    assert len({*series}) == 2
    for each in series:
        assert parse_number(number_of(NumberParts(each, 2026, 1))) == NumberParts(each, 2026, 1)


@pytest.mark.parametrize("serial", [0, 100_000_000])
def test_number_is_refused_when_the_series_is_used_up(serial):
    with pytest.raises(SerialsExhausted):
        number_of(NumberParts("KZXB2BJ", 2026, serial))


@pytest.mark.parametrize("text", ["", "KZXB2BJ", "KZXB2BX2026000000010", "KZXB2BJ20260000001", "证书"])
def test_other_texts_are_no_numbers(text):
    assert parse_number(text) is None


PARTS = st.builds(
    NumberParts,
    series=st.from_regex(r"[A-Z0-9]{2,20}[JMS]", fullmatch=True),
    year=st.integers(2000, 2999),
    serial=st.integers(1, 99_999_999),
)


@given(PARTS)
def test_number_reads_back(parts):
    assert parse_number(number_of(parts)) == parts


@given(PARTS, st.data())
def test_one_wrong_character_is_noticed(parts, data):
    number = number_of(parts)
    place = data.draw(st.integers(0, len(number) - 1))
    wrong = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ").filter(lambda c: c != number[place]))
    assert parse_number(number[:place] + wrong + number[place + 1 :]) is None


@given(st.sets(PARTS, min_size=2, max_size=20))
def test_different_parts_give_different_numbers(parts):
    assert len({number_of(each) for each in parts}) == len(parts)
