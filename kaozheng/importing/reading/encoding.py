"""Bytes to text: UTF-8, UTF-16 and UTF-32 by their mark, else UTF-8, else GB18030, which includes GBK and GB2312."""

import codecs
import re

from kaozheng.importing.reading.refusal import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CHARSET = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?\s*([A-Za-z0-9_-]{2,20})""", re.IGNORECASE)
_CHARSET_WITHIN = 4096
_DECLARED = {"utf8": "utf-8", "gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs"}
_REPLACED = "\ufffd"
#: So many good characters to each bad byte: then the file is UTF-8 that was damaged, not another encoding.
_DAMAGED_IF_GOOD_PER_BAD = 8
#: Text has no NUL at all; a few come from broken exports, many mean UTF-16 without its mark, or no text.
_NULS_PER_BYTE = 0.02


def decode(data: bytes) -> str:
    """Return the text of a file; raise `Refused` with the position of the first byte that fits no encoding."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], name, len(mark))
    if data.count(0) > len(data) * _NULS_PER_BYTE:
        raise Refused(
            "文件含大量空字节，可能是不带标记的 UTF-16，也可能不是文本；请另存为 UTF-8 文本。",
            "full of NUL bytes: UTF-16 without its mark, or no text at all; save it as UTF-8 text",
        )
    return _unmarked(data)


def decode_markup(data: bytes) -> str:
    """Return the text of an HTML file, which may name its own encoding."""
    declared = _CHARSET.search(data[:_CHARSET_WITHIN])
    if declared and not data.startswith(tuple(mark for mark, _ in _MARKS)):
        name = _DECLARED.get(declared[1].decode("ascii").lower().replace("-", ""))
        if name not in (None, "utf-8"):
            try:
                return data.decode(str(name))
            except UnicodeDecodeError:
                pass  # pages saved by a browser are often UTF-8 whatever they still declare
    return decode(data)


def _unmarked(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        lenient = data.decode("utf-8", errors="replace")
    bad = lenient.count(_REPLACED)
    good = sum(1 for character in lenient if character > "\x7f") - bad
    return _strictly(data, "utf-8" if good > bad * _DAMAGED_IF_GOOD_PER_BAD else "gb18030", 0)


def _strictly(data: bytes, name: str, offset: int) -> str:
    try:
        return data.decode(name)
    except UnicodeDecodeError as error:
        position = offset + error.start + 1
        line = data[: error.start].decode(name, errors="ignore").count("\n") + 1
        raise Refused(
            f"第 {line} 行、第 {position:,} 字节处不是有效的 {name.upper()} 编码；请另存为 UTF-8 文本。",
            f"byte {position:,}, in line {line}, is not valid {name.upper()}; save it as UTF-8 text",
        ) from None
