"""The numbers of items in print, and what only looks like one."""

import pytest

from kaozheng.importing.tree.marks import LIKELY, POSSIBLE, START, UNLIKELY, marks_in
from kaozheng.importing.tree.numbers import chinese_value, read_glued, read_number


@pytest.mark.parametrize(
    ("text", "parts", "style", "rest"),
    [
        ("1.1.1 能", (1, 1, 1), "dotted", "能"),
        ("1.1.1能", (1, 1, 1), "dotted", "能"),
        ("1.1.1. 能", (1, 1, 1), "dotted", "能"),
        ("1.1. 1 能", (1, 1, 1), "dotted", "能"),
        ("1。1。1能", (1, 1, 1), "dotted", "能"),
        ("1-1-1 能", (1, 1, 1), "dotted", "能"),
        ("1.1.1、能", (1, 1, 1), "dotted", "能"),
        ("10.2.11 能", (10, 2, 11), "dotted", "能"),
        ("1.1 3D打印", (1, 1), "dotted", "3D打印"),
        ("1.5G 基站", (1,), "plain", "5G 基站"),
        ("1. 3D 打印", (1,), "plain", "3D 打印"),
        ("1 平台", (1,), "plain", "平台"),
        ("1、平台", (1,), "plain", "平台"),
        ("1平台", (1,), "bare", "平台"),
        ("一、平台", (1,), "chinese", "平台"),
        ("十二、平台", (12,), "chinese", "平台"),
        ("第三章 平台", (3,), "chinese", "平台"),
        ("（二）平台", (2,), "chinese-paren", "平台"),
        ("(3) 能", (3,), "paren", "能"),
        ("3）能", (3,), "half", "能"),
        ("③能", (3,), "circled", "能"),
        ("⑶能", (3,), "paren", "能"),
        ("Ⅱ 平台", (2,), "chinese", "平台"),
        ("B.能", (2,), "letter", "能"),
        ("b) 能", (2,), "letter", "能"),
        ("• 1.1 能", (1, 1), "dotted", "能"),
    ],
)
def test_numbers_are_read(text: str, parts: tuple[int, ...], style: str, rest: str):
    number, found = read_number(text)
    assert number is not None
    assert (number.parts, number.style, found) == (parts, style, rest)


@pytest.mark.parametrize(
    "text", ["5G 网络", "2020 年", "20% 的", "192.168.1.1", "1.0.2", "1.5 kg", "B2B 平台", "e.g. 它", "能"]
)
def test_other_digits_are_none(text: str):
    assert read_number(text)[0] is None


def test_a_number_glued_to_latin_words_is_read_where_it_is_expected():
    assert read_glued("1AI 应用", 1)[1] == "AI 应用"
    assert read_glued("45G 网络", 4)[1] == "5G 网络"
    assert read_glued("3D 打印", 1)[0] is None


@pytest.mark.parametrize(("words", "value"), [("十", 10), ("二十", 20), ("二十一", 21), ("九", 9), ("一十一", 11)])
def test_chinese_numbers(words: str, value: int):
    assert chinese_value(words) == value


@pytest.mark.parametrize(
    ("text", "strengths"),
    [
        ("1.1.1 能种菜。 1.1.2 能浇水", [START, LIKELY]),
        ("1.1.1 种菜 1.1.2 能浇水", [START, LIKELY]),
        ("1.1.1 种菜 1.1.2 Web 页面", [START, POSSIBLE]),
        ("使用 Python 3.6.1 编程", [UNLIKELY]),
        ("见 1.1.2 的说明", [UNLIKELY]),
        ("（1）种菜；（2）浇水", [START, LIKELY]),
        ("A.种菜;B.浇水", [START, LIKELY]),
    ],
)
def test_how_likely_a_number_is_an_items(text: str, strengths: list[int]):
    assert [mark.strength for mark in marks_in(text)] == strengths
