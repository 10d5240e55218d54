"""Text of documents cannot act on the terminal or on a page."""

import pytest

from kaozheng.commands.visible import visible


@pytest.mark.parametrize("sign", ["\x1b", "\x00", "\r", "\x9b", "\u202e", "\u2066", "\ud800", "\u2028"])
def test_what_acts_instead_of_being_seen_is_replaced(sign):
    assert visible(f"a{sign}b") == "a\ufffdb"


def test_everything_else_stays():
    text = "能按 a<b>&“引号”，\t第二行\n𠮷 é"
    assert visible(text) == text
