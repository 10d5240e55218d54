"""One form for what people type: trimmed, single spaces, one width, nothing invisible."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shared.text.tidying import first_control, key_of, tidy

TEXTS = st.text(st.characters(codec="utf-8"), max_size=40)


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("101", "101"),
        ("101 ", "101"),
        ("\u3000１０１\u00a0考场\t", "101 考场"),
        ("第一  考核\u2003站点", "第一 考核 站点"),
        ("gate\u200b-1", "gate-1"),
        ("\ufeffgate-1\u2060", "gate-1"),
        ("⾼级⻢术室", "高级马术室"),
        ("⼾外", "户外"),
        ("\ue81e\u660e楼", "\u9fb4明楼"),
        ("①教室", "1教室"),
        ("\u200b\u3164", ""),
        ("", ""),
    ],
)
def test_texts_have_one_form(typed, form):
    assert tidy(typed) == form


@pytest.mark.parametrize("typed", ["marker-1", "marker-1 ", "Marker-1", "ＭＡＲＫＥＲ－１", "MARKER\u200b-1"])
def test_spellings_of_one_name_have_one_key(typed):
    assert key_of(typed) == "marker-1"


def test_other_names_have_other_keys():
    assert len({key_of(text) for text in ("marker-1", "marker 1", "marker-10", "阅卷员一", "阅卷员二")}) == 5


@pytest.mark.parametrize(
    ("text", "place"), [("101", None), ("1\x0701", 2), ("\x00", 1), ("楼\ue001", 2), ("\U0003134a", None)]
)
def test_what_cannot_be_printed_is_found(text, place):
    assert first_control(text) == place


@given(TEXTS)
def test_forms_and_keys_are_final(text):
    assert tidy(tidy(text)) == tidy(text)
    assert key_of(tidy(text)) == key_of(text)
    assert key_of(key_of(text)) == key_of(text)


@given(TEXTS, TEXTS)
def test_texts_of_one_form_have_one_key(one, other):
    assert (tidy(one) != tidy(other)) or key_of(one) == key_of(other)
    assert key_of(f" {one}\u200b") == key_of(one)
