"""Every code has a sentence in each language, without crumbs of the other."""

import re

import pytest

from shared.persons.words import FAULTS, NOTES, ORGANISATION_FAULTS

TEXTS = {**FAULTS, **NOTES, **ORGANISATION_FAULTS}
#: Names that are the same in Chinese.
NAMES = r"UTF-8|GB 18030(-2022)?|CHN|KOR|[IOSVZ]\b|\{\w+\}"


def test_codes_are_different():
    assert len(TEXTS) == len(FAULTS) + len(NOTES) + len(ORGANISATION_FAULTS)


@pytest.mark.parametrize("code", TEXTS)
def test_sentences_are_whole(code):
    zh, en = TEXTS[code]
    assert zh.endswith("。")
    assert en.endswith(".")
    assert en[0].isupper()
    assert not re.search("[A-Za-z]", re.sub(NAMES, "", zh))
    assert not re.search("[\u3000-\u9fff]", en)
