"""Lines break where Chinese and English may be broken, and are never wider than asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from kaozheng.commands.standards.wrapping import wrap

MIXED = st.text(alphabet="店铺，。（）《》 ab1.-:", max_size=80)


def test_ideographs_fill_the_line_beside_a_number():
    assert wrap("能按检查表检查照明和桌椅。", 16, first="1.1.1 ", rest=" " * 6) == [
        "1.1.1 能按检查表",
        "      检查照明和",
        "      桌椅。",
    ]


@pytest.mark.parametrize(("width", "lines"), [(10, ["one two", "three"]), (40, ["one two three"])])
def test_words_stay_whole(width, lines):
    assert wrap("one two three", width) == lines


def test_no_line_begins_with_a_closing_mark():
    for width in range(6, 20):
        assert not any(line[0] in "，。）" for line in wrap("平台店铺，装修（基础）。跨境电商，运营。", width)[1:])


@given(MIXED, st.integers(12, 40))
def test_nothing_is_lost(text, width):
    lines = wrap(text, width, first="1 ", rest="  ")
    assert "".join("".join(lines).split()) == "".join(f"1 {text}".split())


@given(st.text(alphabet="店铺运营 ab", max_size=80).filter(lambda text: len(max(text.split() or [""], key=len)) < 8))
def test_no_line_is_too_wide(text):
    assert all(cell_len(line) <= 16 for line in wrap(text, 16))
