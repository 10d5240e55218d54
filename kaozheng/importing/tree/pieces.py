"""The rows and lines of one level as pieces of text, each with the layer of the tree that its column stands for."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.captions import caption_text, is_table_title
from kaozheng.importing.tree.columns import (
    Columns,
    contradicts,
    guessed_columns,
    header_columns,
    header_words,
    is_header_word,
)
from kaozheng.importing.tree.marks import has_ended, says_can
from kaozheng.importing.tree.numbers import Role, read_number, without_bullet
from kaozheng.importing.tree.rows import aligned, is_misplaced, is_number, with_running_numbers
from kaozheng.importing.wording import joined, paragraphs, tidy

_LABEL = re.compile(
    r"(?P<label>工作领域|职业功能|工作任务|工作内容|典型工作任务|职业技能要求|职业技能|技能要求|任务|领域|模块)\s?"
    r"(?:(?P<number>\d{1,2}(?:\s?[.．]\s?\d{1,2}){0,3}|[一二三四五六七八九十]{1,3})\s?(?P<mark>[:：、.．]|\s|(?=[^\s的个项大类]))|[:：])\s*"
)
_LABELS: dict[str, Role] = {
    "工作领域": "area", "职业功能": "area", "领域": "area", "模块": "area",
    "工作任务": "task", "工作内容": "task", "典型工作任务": "task", "任务": "task",
}  # fmt: skip
_CONTINUED = re.compile(r"\s*[（(]?\s?续\s?[)）]\s*$")
_WORD = re.compile(r"\w|[①-⒛]")
_GAP = re.compile(r"\s{2,}")
_FEWEST_GAPS = 3
_TITLE = 20
_NOTE = re.compile(r"(?:注|备注|说明)\s?\d{0,2}\s?[:：]")


@dataclass(frozen=True, slots=True)
class Piece:
    """One paragraph of a cell, or one line outside of tables, for which no layer is known (`role` None)."""

    line: Line
    text: str
    role: Role | None
    #: It begins its cell; what does not may be a wrapped line.
    opens: bool = True
    #: Which row of which table it comes from; lines outside of tables are rows of their own.
    row: int = 0
    #: Its place among the parts of a line that wide gaps part, and how many there are: columns that only spaces draw.
    part: int = 0
    parts: int = 1


def pieces_of(lines: Sequence[Line], ledger: Ledger) -> tuple[list[Piece], list[str]]:
    """Return the pieces of one level, and the texts of columns that have no place in the schema.

    Headers, titles of tables and notes are accounted for and left out.
    """
    reader = _Reader(lines, ledger)
    return list(reader.pieces()), reader.left_out


class _Reader:
    """Reads rows with the columns of their table, or of the table before it that looks the same."""

    def __init__(self, lines: Sequence[Line], ledger: Ledger) -> None:
        self._lines = lines
        self._ledger = ledger
        self.left_out: list[str] = []
        self._columns: Columns | None = None
        self._table: int | None = None
        gaps = sum(1 for line in lines if line.cells is None and len(_parts(line.text)) > 1)
        self._is_aligned = gaps >= _FEWEST_GAPS

    def pieces(self) -> Iterator[Piece]:
        for row, line in enumerate(self._lines, 1):
            if line.cells is None:
                yield from self._of_line(line, row, is_header=self._is_header(row - 1))
            else:
                yield from self._of_row(line, line.cells, row)

    def _is_header(self, at: int) -> bool:
        """Tell a header, in one line or word by word, from a wrapped line that happens to be such a word."""
        around = [tidy(line.text) for line in self._lines[max(0, at - 1) : at + 2] if line.cells is None]
        line = self._lines[at]
        text = tidy(line.text)
        if not is_header_word(text.rstrip(":：")):
            return header_words(text)
        marked = line.text.startswith(("#", "*")) or text.endswith((":", "："))
        return marked or sum(map(is_header_word, around)) > 1 or _ends_item(around[0] if at else "")

    def _of_line(self, line: Line, row: int, *, is_header: bool) -> Iterator[Piece]:
        text = tidy(line.text)
        if not _WORD.search(text):
            self._ledger.ignore(line, "没有文字 no text")
        elif is_header:
            self._ledger.ignore(line, "表头 header")
        elif is_table_title(text):
            self._ledger.ignore(line, "表题 title of a table")
        elif _NOTE.match(text):
            self._ledger.doubt(line, "note", "表注未收入标准。", "A table's note has no place in the schema; left out.")
        else:
            role, rest = _labelled(text)
            yield from [Piece(line, rest, role, row=row)] if role else self._parted(line, row)

    def _parted(self, line: Line, row: int) -> Iterator[Piece]:
        """Yield the paragraphs of a line, or, where lines are drawn as columns, its parts."""
        texts = _parts(line.text) if self._is_aligned else [line.text]
        for part, text in enumerate(texts):
            for each in filter(None, map(without_bullet, paragraphs(text))):
                yield Piece(line, each, None, True, row, part, len(texts))

    def _of_row(self, line: Line, cells: Sequence[str], row: int) -> Iterator[Piece]:
        if columns := header_columns(cells):
            self._table = line.table
            self._columns = self._fitting(columns, line.table)
            self._ledger.ignore(line, "表头 header")
            self._note_extra(line, columns)
            return
        if line.table != self._table:
            self._table = line.table
            self._columns = self._carried_over(line.table)
        text = caption_text(line) or ""
        if text and (is_table_title(text) or header_words(text)):
            self._ledger.ignore(line, "表题 title of a table")
            return
        role, rest = _labelled(text)
        if role and rest:
            yield Piece(line, rest, role, row=row)  # 工作领域一：… over the whole width
            return
        yield from self._of_cells(line, aligned(cells, self._columns), row)

    def _note_extra(self, line: Line, columns: Columns) -> None:
        cells = zip(line.cells or (), columns, strict=True)
        if named := "、".join(tidy(cell) for cell, column in cells if column == "extra" and cell):
            reason = f"“{named}”栏未收入标准。", f"Columns that the schema has no place for: {named}."
            self._ledger.doubt(line, "column-ignored", *reason)

    def _rows(self, table: int | None) -> list[tuple[str, ...]]:
        return [line.cells for line in self._lines if line.cells is not None and line.table == table]

    def _width(self, table: int | None) -> int:
        """Return how many cells most rows of a table have."""
        return Counter(map(len, self._rows(table))).most_common(1)[0][0]

    def _fitting(self, columns: Columns, table: int | None) -> Columns | None:
        """Return the columns of a header, for rows that are wider where numbers have columns of their own."""
        rows, width = self._rows(table), self._width(table)
        if len(columns) == width and not contradicts(columns, [cells for cells in rows if len(cells) == width]):
            return self._with_areas(columns, rows)
        if len(columns) == width:
            return guessed_columns(rows)
        body = [cells for cells in rows if len(cells) == width and not header_columns(cells)]
        running = [
            bool(texts := [cells[at] for cells in body if cells[at].strip()]) and all(map(is_number, texts))
            for at in range(width)
        ]
        named = iter(columns)
        if running.count(False) == len(columns):
            return tuple("running" if is_number else next(named) for is_number in running)
        return self._carried_over(table)

    def _with_areas(self, columns: Columns, rows: Sequence[Sequence[str]]) -> Columns:
        """Return columns in which the upper one holds areas, unless it is numbered as tasks or areas stand above."""
        if "area" in columns or "task" not in columns:
            return columns
        place = columns.index("task")
        numbers = [read_number(tidy(cells[place]))[0] for cells in rows if len(cells) == len(columns)]
        labelled = any(_labelled(caption_text(line) or "")[0] == "area" for line in self._lines)
        if labelled or any(number and number.depth > 1 for number in numbers):
            return columns
        return tuple("area" if column == "task" else column for column in columns)

    def _carried_over(self, table: int | None) -> Columns | None:
        """Return the columns of a table without a header that fits: its cells', or those of the table before it."""
        rows, width = self._rows(table), self._width(table)
        own = next((columns for cells in rows if len(cells) == width and (columns := header_columns(cells))), None)
        if own or (self._columns and width == len(self._columns)):
            return own or self._columns
        return guessed_columns(rows) or self._columns

    def _of_cells(self, line: Line, cells: Sequence[str], row: int) -> Iterator[Piece]:
        columns = self._columns
        if columns is None or len(columns) != len(cells):
            for cell in filter(None, map(str.strip, cells)):
                yield from (Piece(line, text, None, at == 0, row) for at, text in enumerate(paragraphs(cell)))
            return
        texts = with_running_numbers(cells, columns)
        columns = tuple(
            "requirement" if is_misplaced(text, texts, columns) and column == "extra" else column
            for text, column in zip(texts, columns, strict=True)
        )
        self.left_out += [text for text, column in zip(cells, columns, strict=True) if column == "extra"]
        for wanted in ("area", "task", "requirement"):
            for text, column in zip(texts, columns, strict=True):
                if column == wanted:
                    yield from _of_cell(line, text, wanted, row)
        if not any(text.strip() for text, column in zip(texts, columns, strict=True) if column in _TREE):
            self._ledger.ignore(line, "没有文字 no text")


def _parts(text: str) -> list[str]:
    """Return the parts of a line between wide gaps; a number alone belongs to what follows it."""
    parts: list[str] = []
    for part in _GAP.split(text.strip()):
        before = read_number(tidy(parts[-1])) if parts else (None, "")
        if before[0] and before[0].depth > 1 and not before[1]:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.append(part)
    return parts


_TREE = ("area", "task", "requirement")


def _ends_item(text: str) -> bool:
    """Tell whether a line is a whole sentence or title, so that the next one does not go on with it."""
    titled = _LABEL.match(text) or read_number(text)[0]
    return has_ended(text) or (len(text) <= _TITLE and titled is not None and not says_can(read_number(text)[1]))


def _of_cell(line: Line, text: str, role: Role, row: int) -> Iterator[Piece]:
    texts = paragraphs(text)
    if role == "area" and texts:
        texts = [_CONTINUED.sub("", joined(texts))]
    yield from (Piece(line, without_bullet(each), role, at == 0, row) for at, each in enumerate(texts))


def _labelled(text: str) -> tuple[Role | None, str]:
    """Return the layer that a line's label names, and the line as if only its number stood there: 工作任务 1.1 …."""
    label = _LABEL.match(text)
    if label is None:
        return None, text
    number, rest = label["number"] or "", text[label.end() :]
    if number and not number[0].isdigit():
        number += "、"
    elif number and "." not in number:
        number += ". "
    return _LABELS.get(label["label"], "requirement"), f"{number} {rest}".strip()
