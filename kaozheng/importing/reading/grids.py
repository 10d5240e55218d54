"""Grid tables as pandoc writes them: cells drawn with `+`, `-` and `|`, over several lines, merged in both ways."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.inline import plain
from kaozheng.importing.reading.source import SourceLine
from kaozheng.importing.reading.widths import COUNTINGS, Columns, between
from kaozheng.importing.reading.wrapping import unwrapped

_BORDER = re.compile(r"\+(?:[-=:]{2,}\+)+")
_LEAST = 3  # two borders and a line between
_RULE = set("-=:+")
_RULES = frozenset({"--", "==", "-:", ":-", "=:", ":="})


@dataclass(slots=True)
class _Cell:
    """A cell that grows until a border closes it."""

    lines: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return its paragraphs."""
        return plain(unwrapped(self.lines))


@dataclass(slots=True)
class _Row:
    """A row of the grid: the cells that begin in it, by column, and where it stands."""

    source: SourceLine
    cells: dict[int, _Cell]


def grid_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise a grid from its upper border on; None where its bars do not stand under each other."""
    if not _BORDER.fullmatch(lines[start].text.strip()):
        return None
    end = start
    while end < len(lines) and lines[end].text.strip()[:1] in {"+", "|"}:
        end += 1
    for counting in COUNTINGS:
        drawn = [counting(line.text.strip()) for line in lines[start:end]]
        if len({len(columns) for columns in drawn}) == 1 and end - start >= _LEAST:
            return _drafts(list(zip(lines[start:end], drawn, strict=True))), end
    return None


def _drafts(drawn: Sequence[tuple[SourceLine, Columns]]) -> list[Draft]:
    bounds = sorted({at for _, columns in drawn for at in range(len(columns)) if _is_crossing(columns, at)})
    table = Table()
    return [
        row(
            [found.cells[at].text if at in found.cells else "" for at in _columns(bounds)],
            table,
            page=found.source.page,
            source=found.source.number,
        )
        for found in _rows(drawn, bounds)
    ]


def _columns(bounds: Sequence[int]) -> range:
    return range(len(bounds) - 1)


def _is_edge(columns: Columns, at: int) -> bool:
    return columns[at] == "|" or _is_crossing(columns, at)


def _is_crossing(columns: Columns, at: int) -> bool:
    """Tell a crossing of lines from a plus sign in the text."""
    if columns[at] != "+":
        return False
    sides = (columns[max(0, at - 2) : at], columns[at + 1 : at + 3])
    return any("".join(side) in _RULES for side in sides)


def _rows(drawn: Sequence[tuple[SourceLine, Columns]], bounds: Sequence[int]) -> Iterator[_Row]:
    """Return the rows: one begins after each line that has a border in any column."""
    growing: dict[int, _Cell] = {}
    current: _Row | None = None
    for source, columns in drawn:
        closed = [at for at in _columns(bounds) if _is_closed(columns, bounds[at], bounds[at + 1])]
        if closed:
            if current is not None:
                yield current
            current = None
            growing = {at: cell for at, cell in growing.items() if at not in closed}
        elif current is None:
            current = _Row(source, {})
        _grow(columns, bounds, growing, current, closed)
    if current is not None:
        yield current


def _is_closed(columns: Columns, left: int, right: int) -> bool:
    return set(columns[left + 1 : right]) <= _RULE


def _grow(
    columns: Columns, bounds: Sequence[int], growing: dict[int, _Cell], current: _Row | None, closed: Sequence[int]
) -> None:
    """Give each piece of a line to the cell it stands in; one that begins here becomes the current row's."""
    at = 0
    while at < len(bounds) - 1:
        last = at
        while last + 1 < len(bounds) - 1 and not _is_edge(columns, bounds[last + 1]):
            last += 1
        if at not in closed:
            cell = growing.get(at)
            if cell is None and current is not None:
                cell = growing[at] = current.cells[at] = _Cell()
            if cell is not None:
                cell.lines.append(between(columns, bounds[at] + 1, bounds[last + 1]))
        at = last + 1
