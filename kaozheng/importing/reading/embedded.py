"""Tables of HTML inside a text file, on one line or over many, as OCR tools write them."""

import re
from collections.abc import Sequence

from kaozheng.importing.reading.draft import Draft
from kaozheng.importing.reading.markup import read_fragment
from kaozheng.importing.reading.source import SourceLine

_TABLE = re.compile(r"<(/?)table\b[^<>]{0,2000}>", re.IGNORECASE)
_PART = re.compile(r"</?(?:tr|td|th|tbody|thead)\b", re.IGNORECASE)
#: A table inside a cell is known, more are an attack on the search for the end.
_DEPTH = 3


def embedded_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise the lines from `<table>` to its end; what stands before or after it on them becomes lines too.

    Rows keep the line they begin on; rows that share one are told apart by numbers that count on from it.
    """
    opening = _TABLE.search(lines[start].text)
    if opening is None or opening[1]:
        return None
    end = _end(lines, start)
    whole = "\n".join(line.text for line in lines[start : end + 1])
    if not _PART.search(whole):
        return None
    return list(read_fragment(whole, lines[start].number, lines[start].page)), end + 1


def _end(lines: Sequence[SourceLine], start: int) -> int:
    """Return the line on which the table ends; one that is never closed ends with its last row."""
    depth = deepest = 0
    last = start
    for at in range(start, len(lines)):
        for tag in _TABLE.finditer(lines[at].text):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
        if depth == 0:
            return at
        if deepest > _DEPTH:
            break
        if deepest == 1 and _PART.search(lines[at].text):
            last = at
    return last
