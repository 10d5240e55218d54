"""The rows of a table without lines: by the numbers of its items, since titles may stand beside any of their lines."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.reading.pdf.cells import cell_text
from kaozheng.importing.reading.pdf.glyphs import TextLine
from kaozheng.importing.reading.pdf.unruled import UnruledPart

_NUMBER = re.compile(r"(\d{1,2}(?:[.．]\d{1,2}){0,2})(?!\d)[.．、]?")
_NUMBERED_COLUMNS = 3

Rows = list[tuple[str, ...]]


@dataclass(slots=True)
class _Item:
    """An item of one column: its number, the part of the table that it begins in, its lines over all parts."""

    clause: str
    part: int
    lines: list[TextLine] = field(default_factory=list)


def rows_of(parts: Sequence[UnruledPart]) -> list[Rows]:
    """Return the rows of each part of a table."""
    columns = _numbered_columns(parts)
    rows = _by_number(columns, len(parts)) if columns else [list(_by_place(part)) for part in parts]
    return [[part.header, *found] if part.header else found for part, found in zip(parts, rows, strict=True)]


def _numbered_columns(parts: Sequence[UnruledPart]) -> list[list[_Item]] | None:
    """Return the items of areas, tasks and requirements; None if a column has text before its first number."""
    if len(parts[0].gaps) + 1 != _NUMBERED_COLUMNS:
        return None
    columns: list[list[_Item]] = [[], [], []]
    for at, part in enumerate(parts):
        for pieces in part.lines:
            for depth, piece in enumerate(pieces):
                if piece is not None and not _taken(columns[depth], piece, at, depth):
                    return None
    return columns if all(columns) else None


def _taken(column: list[_Item], piece: TextLine, part: int, depth: int) -> bool:
    """Add a line to its column: as a new item if its number is one of the column's, else to the last one."""
    found = _NUMBER.match(piece.text)
    clause = found[1].replace("．", ".") if found else ""
    if found and clause.count(".") == depth and len(piece.text) > len(found[0]):
        column.append(_Item(clause, part))
    if not column:
        return False
    column[-1].lines.append(piece)
    return True


def _by_number(columns: Sequence[Sequence[_Item]], parts: int) -> list[Rows]:
    """Return requirements with the titles above them, each title once, and titles that nothing stands under."""
    *titled, requirements = columns
    titles = [list(column) for column in titled]
    edges = [_edges([line for item in column for line in item.lines]) for column in columns]
    rows: list[Rows] = [[] for _ in range(parts)]
    for item in requirements:
        above = [_first(column, item.clause, depth) for depth, column in enumerate(titles)]
        cells = [
            cell_text(found.lines, *edge) if found else "" for found, edge in zip([*above, item], edges, strict=True)
        ]
        rows[item.part].append(tuple(cells))
    for depth, column in enumerate(titles):
        for item in column:
            cells = ["", "", ""]
            cells[depth] = cell_text(item.lines, *edges[depth])
            rows[item.part].append(tuple(cells))
    return rows


def _first(titles: list[_Item], clause: str, depth: int) -> _Item | None:
    """Take the title that a requirement's number begins with out of those that are left."""
    wanted = ".".join(clause.split(".")[: depth + 1])
    found = next((item for item in titles if item.clause == wanted), None)
    if found:
        titles.remove(found)
    return found


def _by_place(part: UnruledPart) -> Iterator[tuple[str, ...]]:
    """Return rows as they stand: each begins with a number in any column but the last."""
    rows: list[list[list[TextLine]]] = []
    for pieces in part.lines:
        if not rows or any(piece and _NUMBER.match(piece.text) for piece in pieces[:-1]):
            rows.append([[] for _ in pieces])
        for cell, piece in zip(rows[-1], pieces, strict=True):
            if piece is not None:
                cell.append(piece)
    edges = [_edges([line for cells in rows for line in cells[at]]) for at in range(len(part.gaps) + 1)]
    for cells in rows:
        yield tuple(cell_text(cell, *edge) for cell, edge in zip(cells, edges, strict=True))


def _edges(lines: Sequence[TextLine]) -> tuple[float, float]:
    return min((line.x0 for line in lines), default=0.0), max((line.x1 for line in lines), default=0.0)
