"""Radicals from PDF copies stand for the characters that they look like."""

import pytest

from shared.text.radicals import RADICALS


@pytest.mark.parametrize(
    ("copied", "meant"),
    [
        ("⾼", "高"),
        ("⼀", "一"),
        ("⽂", "文"),
        ("⼾", "户"),
        ("⻢", "马"),
        ("⻓", "长"),
        ("⻋", "车"),
        ("⻛", "风"),
        ("⻩", "黄"),
        ("⻬", "齐"),
        ("⻰", "龙"),
        ("⺠", "民"),
    ],
)
def test_radical_is_its_character(copied, meant):
    assert copied.translate(RADICALS) == meant


def test_every_radical_becomes_a_character_that_is_none():
    assert len(RADICALS) == 214 + 114
    assert not set("".join(RADICALS.values())) & {chr(code) for code in RADICALS}
