"""What nobody sees is known, found and named by its code."""

import unicodedata

import pytest

from shared.text.invisible import INVISIBLE, first_invisible, shown, without_invisible


@pytest.mark.parametrize(
    "character", list("\u200b\u200e\u202d\u2060\ufeff\u00ad\u034f\u3164\ufe00\ufe0f\U000e0100\u180e\u2800")
)
def test_invisible_characters_are_removed_found_and_named(character):
    text = f"张{character}三"
    assert without_invisible(text) == "张三"
    assert first_invisible(text) == 2
    assert shown(character) == f"U+{ord(character):04X}"


@pytest.mark.parametrize("character", list("张é\u0301ไмم가1"))
def test_visible_characters_stay(character):
    assert without_invisible(character) == character
    assert first_invisible(character) is None


def test_no_letter_and_no_control_character_counts_as_invisible():
    fillers = {0x115F, 0x1160, 0x3164, 0xFFA0}
    assert {code for code in INVISIBLE if unicodedata.category(chr(code))[0] == "L"} == fillers
    assert {code for code in INVISIBLE if unicodedata.category(chr(code)) == "Cc"} == set()


def test_what_can_be_seen_is_shown_as_it_is():
    assert [shown(one) for one in "3(\u0000 \ue000"] == ["3", "(", "U+0000", "U+0020", "U+E000"]
