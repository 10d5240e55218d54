"""Codes copied from paper: only their letters and digits count."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.codes import code_of


@pytest.mark.parametrize(
    "typed",
    [
        "KZXB2BJ2026",
        " kzxb2bj 2026 ",
        "KZ XB2B-J-2026",
        "ｋｚＸＢ２ＢＪ２０２６",
        "编号：KZXB2BJ\u200b2026",
        "KZ–XB2BJ—2026",
    ],
)
def test_spellings_of_one_code(typed):
    assert code_of(typed) == "KZXB2BJ2026"


@given(st.text(max_size=40))
def test_a_code_is_letters_and_digits_and_final(text):
    assert code_of(text).isascii()
    assert code_of(code_of(text)) == code_of(text)
