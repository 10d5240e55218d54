"""What GB 18030 moved out of the private use area is read as what it is."""

import codecs

import pytest

from shared.text.gb18030 import PUBLISHED


@pytest.mark.parametrize(
    ("written", "character"),
    [
        (b"\xfeY", "\u9fb4"),
        (b"\xfea", "\u9fb5"),
        (b"\xfef", "\u9fb6"),
        (b"\xfeg", "\u9fb7"),
        (b"\xfem", "\u9fb8"),
        (b"\xfe~", "\u9fb9"),
        (b"\xfe\x90", "\u9fba"),
        (b"\xfe\xa0", "\u9fbb"),
        (b"\xfeQ", "\U00020087"),
        (b"\xfev", "\U0002298f"),
        (b"\xfe\x9f", "\u4dae"),
        (b"\xa6\xd9", "\ufe10"),
        (b"\xa8\xbc", "\u1e3f"),
    ],
)
def test_bytes_of_today_are_read_whatever_the_decoder_knows(written, character):
    assert codecs.decode(written, "gb18030").translate(PUBLISHED) == character


def test_nothing_private_is_left_of_what_is_published():
    assert len(PUBLISHED) == 80 + 10 + 2
    assert not [text for text in PUBLISHED.values() if "\ue000" <= text <= "\uf8ff"]
    assert [chr(code) for code in PUBLISHED if not 0xE000 <= code <= 0xF8FF] == []


def test_what_decoders_publish_themselves_is_the_same():
    trails = [*range(0x50, 0x7F), *range(0x80, 0xA1)]
    decoded = [codecs.decode(bytes([0xFE, trail]), "gb18030") for trail in trails]
    known = [
        (PUBLISHED[0xE815 + at], character)
        for at, character in enumerate(decoded)
        if not 0xE000 <= ord(character) <= 0xF8FF
    ]
    assert len(known) > 60
    assert all(ours == theirs for ours, theirs in known)
