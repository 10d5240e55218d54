"""Names: one form whatever the input method gave, and what is refused is named by its place."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.persons.names import LONGEST, normal_name, read_name
from shared.persons.reading import Fault
from tests.shared.persons.spellings import SPELLINGS

PAIRS = [(name, spelling) for name, spellings in SPELLINGS.items() for spelling in (name, *spellings)]
TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)
#: What names are made of and what stands between, so that the rules meet each other.
PIECES = st.lists(st.sampled_from([*"张三阿AЖสم·.。-–' \u3000\u200b\u200c\u0301⾼⻢"]), max_size=12).map("".join)


@pytest.mark.parametrize(("name", "spelling"), PAIRS)
def test_every_spelling_has_the_one_form(name, spelling):
    assert read_name(spelling)[:2] == (name, None)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault("required")),
        (" \u3000\u200b", Fault("required")),
        ("张", Fault("single_character")),
        ("张3", Fault("bad_characters", 2, "3")),
        ("张３", Fault("bad_characters", 2, "3")),
        ("·张三", Fault("bad_characters", 1, "·")),
        ("张三<b>", Fault("remark_in_name", 3, "<")),
        ("王芳(女)", Fault("remark_in_name", 3, "(")),
        ("王芳（女）", Fault("remark_in_name", 3, "(")),
        ("张?", Fault("lost_character", 2, "?")),
        ("张？", Fault("lost_character", 2, "?")),
        ("张\ufffd三", Fault("lost_character", 2, "\ufffd")),
        ("张□", Fault("lost_character", 2, "□")),
        ("张\ue000", Fault("private_use_character", 2, "U+E000")),
        ("张\U000f0000", Fault("private_use_character", 2, "U+F0000")),
        ("张\x00三", Fault("invisible_character", 2, "U+0000")),
        (" 张\u200b\x07三", Fault("invisible_character", 4, "U+0007")),
        ("张三\ud800", Fault("invisible_character", 3, "U+D800")),
        ("王" * (LONGEST + 1), Fault("too_long")),
        ("\u0301a", Fault("bad_characters", 1, "\u0301")),
        ("John_Smith", Fault("bad_characters", 5, "_")),
        ("张三、李四", Fault("bad_characters", 3, "、")),
    ],
)
def test_what_is_no_name_is_refused_with_its_place(text, fault):
    assert read_name(text).fault == fault


@pytest.mark.parametrize(
    ("text", "note"),
    [
        ("张\u200b三", Fault("invisible_removed", 2, "U+200B")),
        ("\ufeff张三", Fault("invisible_removed", 1, "U+FEFF")),
        ("John\u200b Smith", Fault("invisible_removed", 5, "U+200B")),
    ],
)
def test_what_was_removed_unseen_is_noted(text, note):
    assert read_name(text).notes == (note,)


def test_joiners_that_mean_something_stay_without_a_note():
    assert read_name("محمد\u200cرضا") == ("محمد\u200cرضا", None, ())
    assert normal_name("Jo\u200chn") == "John"


def test_thai_vowels_are_not_taken_apart():
    assert read_name("คำแก้ว").value == "คำแก้ว"


def test_spaces_pad_short_chinese_names_and_divide_long_ones():
    assert normal_name("司马 相如") == "司马相如"
    assert normal_name("买买提 艾力江") == "买买提·艾力江"
    assert normal_name("阿 依 古 丽 买") == "阿依古丽买"


@given(TEXTS | PIECES)
def test_the_form_is_final(text):
    assert normal_name(normal_name(text)) == normal_name(text)


@given(TEXTS | PIECES)
def test_a_name_that_is_read_is_read_again_without_fault_or_note(text):
    value, fault, _ = read_name(text)
    if fault is None:
        assert read_name(value) == (value, None, ())


@given(TEXTS | PIECES)
def test_places_are_places_of_the_text(text):
    reading = read_name(text)
    for found in (reading.fault, *reading.notes):
        assert found is None or found.position is None or 1 <= found.position <= len(text)
