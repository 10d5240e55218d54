import codecs

import pytest

from kaozheng.importing.errors import Unreadable
from tests.importing.reading.building import read, texts

TEXT = "1 范围\n本标准规定了仓库整理的等级。\n"
SAID = ["1 范围", "本标准规定了仓库整理的等级。"]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        codecs.BOM_UTF8 + TEXT.encode(),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + TEXT.encode("utf-32-le"),
        TEXT.encode("gb18030"),
        TEXT.encode("gbk"),
    ],
)
def test_a_text_is_read_whatever_its_encoding(tmp_path, content):
    assert texts(read(tmp_path, "a.txt", content)) == SAID


def test_a_page_is_read_in_the_encoding_it_declares(tmp_path):
    page = '<html><head><meta charset="gb2312"></head><body><p>仓库</p></body></html>'
    assert texts(read(tmp_path, "a.html", page.encode("gb18030"))) == ["仓库"]


def test_a_page_is_read_as_utf_8_when_it_declares_something_else_wrongly(tmp_path):
    page = '<html><head><meta charset="big5"></head><body><p>仓库整理的等级</p></body></html>'
    assert texts(read(tmp_path, "a.html", page)) == ["仓库整理的等级"]


def test_a_damaged_text_is_refused_with_the_place(tmp_path):
    content = (TEXT * 3).encode() + b"\xff\xfe" + TEXT.encode()
    with pytest.raises(Unreadable) as refused:
        read(tmp_path, "a.txt", content)
    position = len((TEXT * 3).encode()) + 1
    assert f"byte {position}, in line 7" in refused.value.message("en")
    assert f"第 7 行、第 {position} 字节" in refused.value.message("zh")


def test_a_text_cut_in_the_middle_of_a_character_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="UTF-8"):
        read(tmp_path, "a.txt", TEXT.encode()[:-2])


def test_half_a_pair_in_utf_16_is_refused(tmp_path):
    with pytest.raises(Unreadable, match="UTF-16"):
        read(tmp_path, "a.txt", codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le") + b"\x00")


def test_bytes_of_no_encoding_are_refused(tmp_path):
    with pytest.raises(Unreadable, match="GB18030"):
        read(tmp_path, "a.txt", b"\xff" * 50)


def test_utf_16_without_its_mark_is_refused_with_advice(tmp_path):
    with pytest.raises(Unreadable, match="UTF-16 without its mark"):
        read(tmp_path, "a.txt", "1 Scope of this standard\n".encode("utf-16-le"))
