"""Tables without any lines: columns begin under the words of the header, and end where no line of them has text."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import inf

from kaozheng.importing.reading.pdf.glyphs import TextLine

_HEADER = re.compile(r"工作领域|工作任务|(?:职业)?技能(?:等级)?要求|工作内容")
_HEADER_COLUMNS = 2
_END = re.compile(r"续?表\s*[A-Z]?\.?\d|参\s*考\s*文\s*献|附\s*录|[-—–\s]*\d{1,4}[-—–\s]*$|第\s*\d+\s*页")
#: A free strip narrower than this is a space between words, not between columns.
_STRIP = 3.0

Gap = tuple[float, float]
#: A printed line cut at the columns' edges.
Pieces = tuple[TextLine | None, ...]


@dataclass(frozen=True, slots=True)
class UnruledPart:
    """The lines of such a table on one page. `gaps` lie between the words of its header."""

    gaps: tuple[Gap, ...]
    header: tuple[str, ...] | None
    lines: tuple[Pieces, ...]


def table_at(lines: Sequence[TextLine], start: int) -> tuple[UnruledPart, int] | None:
    """Return the table whose header is the line at `start`, and the index after its last line."""
    header = lines[start].columns()
    words = tuple(column.text.replace(" ", "") for column in header)
    if sum(1 for word in words if _HEADER.fullmatch(word)) < _HEADER_COLUMNS:
        return None
    gaps = tuple((left.x1, right.x0) for left, right in pairwise(header))
    end, free = _extent(lines, start + 1, gaps)
    return UnruledPart(gaps, words, _cut(lines[start + 1 : end], free)), end


def rest_of_table(lines: Sequence[TextLine], before: UnruledPart) -> tuple[UnruledPart, int] | None:
    """Return what continues a table at the top of the next page, and the index after its last line."""
    end, free = _extent(lines, 0, before.gaps)
    cut = _cut(lines[:end], free)
    return (UnruledPart(before.gaps, None, cut), end) if any(pieces[-1] for pieces in cut) else None


def _extent(lines: Sequence[TextLine], start: int, gaps: tuple[Gap, ...]) -> tuple[int, tuple[Gap, ...]]:
    """Return the index after the last line that leaves a strip free between all columns, and these strips."""
    for at in range(start, len(lines)):
        free = [strip for gap in gaps if (strip := _widest_free(gap, lines[at]))]
        if len(free) < len(gaps) or _END.match(lines[at].text):
            return at, gaps
        gaps = tuple(free)
    return len(lines), gaps


def _widest_free(gap: Gap, line: TextLine) -> Gap | None:
    left, right = gap
    free = []
    for glyph in line.glyphs:
        if glyph.x1 > left and glyph.x0 < right:
            free.append((left, glyph.x0))
            left = glyph.x1
    widest = max([*free, (left, right)], key=lambda strip: strip[1] - strip[0])
    return widest if widest[1] - widest[0] >= _STRIP else None


def _cut(lines: Sequence[TextLine], free: Sequence[Gap]) -> tuple[Pieces, ...]:
    edges = [-inf, *(sum(strip) / 2 for strip in free), inf]
    return tuple(tuple(_between(line, *column) for column in pairwise(edges)) for line in lines)


def _between(line: TextLine, left: float, right: float) -> TextLine | None:
    glyphs = tuple(glyph for glyph in line.glyphs if left <= (glyph.x0 + glyph.x1) / 2 < right)
    return TextLine(glyphs) if glyphs else None
