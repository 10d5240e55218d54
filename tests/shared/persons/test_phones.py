"""Telephones as people write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.phones import read_phone
from shared.persons.reading import Fault


@pytest.mark.parametrize(
    "written",
    [
        "13800000001",
        "8613800000001",
        "86-13800000001",
        "(+86)13800000001",
        "+86 138-0000-0001",
        "008613800000001",
        "0086 138 0000 0001",
        "138–0000–0001",
        "138‑0000‑0001",
        "138.0000.0001",
        "13800000001.0",
        "'13800000001",
        '="13800000001"',
        "１３８００００００01",
        "\u202d13800000001\u202c",
    ],
)
def test_spellings_of_a_mainland_mobile(written):
    assert read_phone(written) == ("13800000001", None, ())


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("+85291234567", "+85291234567"),
        ("+852 9123 4567", "+85291234567"),
        ("00852-91234567", "+85291234567"),
        ("85291234567", "+85291234567"),
        ("853 6612 3456", "+85366123456"),
        ("+886912345678", "+886912345678"),
        ("+1 (415) 555-0132", "+14155550132"),
    ],
)
def test_a_number_from_elsewhere_keeps_its_country_code(written, phone):
    assert read_phone(written) == (phone, None, ())


@pytest.mark.parametrize("written", ["", " ", "无", "/", "—", "-", "N/A", "null", "暂无", "0"])
def test_where_nothing_is_said_nothing_is_wrong(written):
    assert read_phone(written) == ("", None, ())


@pytest.mark.parametrize(
    "written",
    [
        "12800000001",
        "1380000000",
        "138000000012",
        "phone",
        "1.38E+10",
        "+8612800000001",
        "13800000001/13900000002",
        "见备注",
    ],
)
def test_what_cannot_be_read_is_a_fault_and_no_number(written):
    assert read_phone(written) == ("", Fault("bad_phone"), ())


@given(st.text(max_size=30) | st.from_regex(r"[+0-9 ()\-.]{5,20}", fullmatch=True))
def test_the_form_is_final(text):
    phone = read_phone(text).value
    assert read_phone(phone) == (phone, None, ())
