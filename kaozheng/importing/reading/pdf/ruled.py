"""Tables with drawn lines: each cell's characters, row by row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from kaozheng.importing.reading.pdf.cells import cell_text
from kaozheng.importing.reading.pdf.glyphs import Glyph, text_lines
from kaozheng.importing.reading.pdf.rules import Box

_NARROW = 8.0
_SAME_COLUMN = 5.0


@dataclass(frozen=True, slots=True)
class PageTable:
    """A table, or the part of it on one page: where its columns begin, where it ends, and its rows."""

    lefts: tuple[float, ...]
    right: float
    top: float
    rows: tuple[tuple[str, ...], ...]

    def continues(self, before: "PageTable") -> bool:
        """Tell whether its columns are those of another one; it may lack some that no row here uses."""
        ends = abs(self.right - before.right) <= _SAME_COLUMN
        return ends and all(_column(left, before.lefts) is not None for left in self.lefts)

    def under(self, before: "PageTable") -> "PageTable":
        """Return it with the columns of the table that it continues."""
        places = {_column(left, before.lefts): at for at, left in enumerate(self.lefts)}
        rows = tuple(
            tuple(cells[places[at]] if at in places else "" for at in range(len(before.lefts))) for cells in self.rows
        )
        return PageTable(before.lefts, before.right, self.top, rows)


def page_tables(tables: Sequence[Sequence[Box]], glyphs: Sequence[Glyph]) -> tuple[list[PageTable], list[Glyph]]:
    """Return the tables that have columns and text, and the characters outside them; inner tables go first."""
    found = []
    for boxes in sorted(tables, key=_area):
        if len({box[0] for box in boxes}) > 1:
            texts, rest = _texts(boxes, glyphs)
            if any(texts.values()):
                found.append(_table(boxes, texts))
                glyphs = rest
    return found, list(glyphs)


def _texts(boxes: Sequence[Box], glyphs: Sequence[Glyph]) -> tuple[dict[Box, str], list[Glyph]]:
    inside: dict[Box, list[Glyph]] = {}
    outside = []
    for glyph in glyphs:
        box = next((box for box in boxes if _holds(box, glyph)), None)
        if box is None:
            outside.append(glyph)
        else:
            inside.setdefault(box, []).append(glyph)
    return {box: cell_text(text_lines(held), box[0], box[2]) for box, held in inside.items()}, outside


def _table(boxes: Sequence[Box], texts: dict[Box, str]) -> PageTable:
    lefts = sorted({box[0] for box in boxes})
    rows = []
    for _, row_boxes in groupby(sorted(boxes, key=lambda box: (box[1], box[0])), key=lambda box: box[1]):
        by_left = {box[0]: texts.get(box, "") for box in row_boxes}
        rows.append(tuple(by_left.get(left, "") for left in lefts))
    used = [at for at in range(len(lefts)) if any(cells[at] for cells in rows) or not _is_sliver(boxes, lefts[at])]
    return PageTable(
        tuple(lefts[at] for at in used),
        max(box[2] for box in boxes),
        min(box[1] for box in boxes),
        tuple(tuple(cells[at] for at in used) for cells in rows),
    )


def _is_sliver(boxes: Sequence[Box], left: float) -> bool:
    """Tell the gap inside a double line from a column."""
    return all(box[2] - box[0] < _NARROW for box in boxes if box[0] == left)


def _column(left: float, lefts: Sequence[float]) -> int | None:
    return next((at for at, other in enumerate(lefts) if abs(left - other) <= _SAME_COLUMN), None)


def _holds(box: Box, glyph: Glyph) -> bool:
    x0, top, x1, bottom = box
    return x0 <= (glyph.x0 + glyph.x1) / 2 < x1 and top <= glyph.middle < bottom


def _area(boxes: Sequence[Box]) -> float:
    width = max(box[2] for box in boxes) - min(box[0] for box in boxes)
    return width * (max(box[3] for box in boxes) - min(box[1] for box in boxes))
