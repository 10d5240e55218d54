"""Lines while they are being read: rows of tables belong together, numbers come last."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from kaozheng.importing.document import Line
from kaozheng.importing.reading import limits
from kaozheng.importing.reading.characters import visible
from kaozheng.importing.reading.refusal import Refused, too_much


class Table:
    """A table's identity; its number follows from where it first appears."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A line to be: `cells` and `table` for a row, `source` for a text file's own line number."""

    text: str
    cells: tuple[str, ...] | None = None
    table: Table | None = None
    page: int | None = None
    source: int | None = None


def row(cells: Sequence[str], table: Table, *, page: int | None = None, source: int | None = None) -> Draft:
    """Return a row of a table; its text is what the cells say, parted by tabs."""
    cleaned = tuple(_tidy_cell(cell) for cell in cells)
    text = "\t".join(cell.replace("\n", " ") for cell in cleaned).strip()
    return Draft(text=text, cells=cleaned, table=table, page=page, source=source)


def framed(drafts: Sequence[Draft]) -> list[Draft]:
    """Return a table's rows, or, where it has one column only and thus is but a frame, its paragraphs as lines."""
    if any(len(draft.cells or ()) > 1 for draft in drafts):
        return list(drafts)
    return [
        replace(draft, text=paragraph, cells=None, table=None)
        for draft in drafts
        for paragraph in (draft.cells[0].split("\n") if draft.cells else [draft.text])
    ]


def numbered(drafts: Iterable[Draft]) -> tuple[Line, ...]:
    """Return the lines: a text file's keep their number; where several share one, they count on from it."""
    lines: list[Line] = []
    tables: dict[Table, int] = {}
    size = cells = 0
    for draft in _speaking(drafts):
        lines.append(_line(draft, lines[-1].number + 1 if lines else 1, tables))
        size += len(draft.text)
        cells += len(draft.cells or ())
        _check(len(lines), size, cells)
    if not lines:
        raise Refused("文件里没有文字。", "there is no text in it")
    return tuple(lines)


def _tidy_cell(cell: str) -> str:
    return "\n".join(line for line in (" ".join(part.split()) for part in visible(cell).split("\n")) if line)


def _speaking(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        text = draft.text if draft.cells else visible(draft.text).strip()
        if text:
            yield replace(draft, text=text)


def _line(draft: Draft, following: int, tables: dict[Table, int]) -> Line:
    number = max(following, draft.source or 0)
    return Line(
        number=number,
        text=draft.text,
        page=draft.page,
        cells=draft.cells,
        table=None if draft.table is None else tables.setdefault(draft.table, len(tables) + 1),
        source_line=draft.source if draft.source != number else None,
    )


def _check(lines: int, characters: int, cells: int) -> None:
    if lines > limits.LINES:
        raise too_much("行数", "lines", limits.LINES)
    if characters > limits.CHARACTERS:
        raise too_much("字数", "characters", limits.CHARACTERS)
    if cells > limits.CELLS:
        raise too_much("表格单元格数", "table cells", limits.CELLS)
