"""What spreadsheets and people put around digits is no part of a number."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.number_writing import bare, is_scientific


@pytest.mark.parametrize(
    "written",
    [
        "11010119900307001X",
        "11010119900307001x",
        " 110101 19900307 001x ",
        "110101-19900307-001X",
        "110101–19900307—001X",
        "'11010119900307001X",
        '="11010119900307001X"',
        "１１０１０１１９９００３０７００１ｘ",
        "\ufeff11010119900307001X\u202c",
    ],
)
def test_spellings_of_one_number(written):
    assert bare(written) == "11010119900307001X"


def test_a_fraction_of_a_spreadsheet_is_dropped():
    assert bare("13800000001.0") == bare("13800000001.") == "13800000001"
    assert bare("1.5") == "1.5"


@pytest.mark.parametrize("written", ["3.3E+17", "3.30106E+17", "3.3e17", "3E+17", "３．３Ｅ＋１７", "'3.30106E+17"])
def test_scientific_notation_is_known(written):
    assert is_scientific(bare(written))


@pytest.mark.parametrize("written", ["E12345678", "5E123456", "1E10", "H12345678", "330106200102039018"])
def test_other_numbers_are_none(written):
    assert not is_scientific(bare(written))


@given(st.text(st.characters(codec="utf-8"), max_size=30))
def test_the_form_has_nothing_between(text):
    assert not set(bare(text)) & set(" -–—")
