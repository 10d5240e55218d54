"""Tables drawn by spaces alone: what `pdftotext -layout` makes of a requirement table, narrow cells centred in height.

A line there holds parts of neighbouring cells that need not belong together, so each column is read by itself, and
requirements find their task by their numbers. Where the numbers do not tell, the lines stay as they are.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.reading.columns import Cut, cut_places, fragments
from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.source import SourceLine

_HEADER = re.compile(
    r"\s*工\s?作\s?领\s?域(?:\s{2,}|\t)工\s?作\s?任\s?务(?:\s{2,}|\t)(?:职\s?业\s?)?技\s?能\s?(?:等\s?级\s?)?要\s?求\s*"
)
#: What no table goes beyond: a caption, a heading; a line of a sentence may begin like one, but has a stop or comma.
_END = re.compile(
    r"[\s*]*(?:[#<|]|参\s*考\s*文\s*献[\s*]*$|(?:续?表\s*\d|附\s*录\s*[A-Z]|[\d.．]*\s*[（(【\[]?\s*[初中高]\s*级)[^。；，]{0,30}$"
    r"|\d(?:[.．]\d+)*\s+\S{0,24}[（(【\[][初中高]级[】\])）]|\S.{0,40}[（(【\[][初中高]级[】\])）]\s*$)"
)
_GAP = re.compile(r"\s{2,}|\t")
_PAGE_NUMBER = re.compile(r"[-—–\s]*\d{1,4}[-—–\s]*|\s*第\s*\d+\s*页.*|.*职业技能等级标准")
_CLAUSE = re.compile(r"(\d{1,2}(?:[.．](?! \d+[A-Za-z]) ?\d{1,2}){0,2})(?![\d.．]*\d)[.．、]?")
_LATIN = re.compile(r"[\x21-\x7e]")
_MOST_LINES = 2_000


@dataclass
class _Item:
    """A numbered item of one column, over as many lines as it takes."""

    clause: str
    source: SourceLine
    texts: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Return what it says; words in Latin letters that a line's end parted stay apart."""
        whole = ""
        for text in self.texts:
            whole += (" " if _LATIN.match(whole[-1:]) and _LATIN.match(text) else "") + text
        return whole


def aligned_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise a table that begins with its header; the header may come again on each page."""
    if not _HEADER.fullmatch(lines[start].text):
        return None
    end = _end(lines, start)
    body = [line for line in lines[start:end] if not line.is_blank]
    headers = [line for line in body if _HEADER.fullmatch(line.text)]
    noise = [line for line in body if _PAGE_NUMBER.fullmatch(line.text)]
    columns = _columns([line for line in body if line not in headers and line not in noise])
    if columns is None:
        return None
    table = Table()
    rows = [
        (line.number, row(_GAP.split(line.text.strip()), table, page=line.page, source=line.number)) for line in headers
    ]
    rows += [(line.number, draft) for line in noise for draft in line.drafts()]
    rows += [(item.source.number, _row(item, cells, table)) for item, cells in _joined(columns)]
    return [draft for _, draft in sorted(rows, key=lambda numbered: numbered[0])], end


def _end(lines: Sequence[SourceLine], start: int) -> int:
    for at in range(start + 1, min(len(lines), start + _MOST_LINES)):
        if _END.match(lines[at].text):
            return at
    return min(len(lines), start + _MOST_LINES)


def _columns(lines: Sequence[SourceLine]) -> list[list[_Item]] | None:
    """Return the items of the three columns; None if something stands in a column before its first number."""
    texts: list[list[tuple[SourceLine, str]]] = [[], [], []]
    cut: Cut | None = None
    for page in _by_page(lines):
        cut = cut_places([line.text for line in page]) or cut
        if cut is None:
            return None
        for line in page:
            for column, text in zip(texts, fragments(line.text, cut), strict=True):
                if text:
                    column.append((line, text))
    columns: list[list[_Item]] = []
    for depth, column in enumerate(texts):
        above = {item.clause for item in columns[-1]} if depth else {""}
        columns.append(_items(column, depth, above))
    return columns if all(column and column[0].clause for column in columns) else None


def _by_page(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    """Yield the lines of each page: every page is aligned in its own way."""
    pages: dict[int | None, list[SourceLine]] = {}
    for line in lines:
        pages.setdefault(line.page, []).append(line)
    yield from pages.values()


def _items(texts: Sequence[tuple[SourceLine, str]], depth: int, above: set[str]) -> list[_Item]:
    """Return the items of a column: one begins with each number that lies under one of those in the column before."""
    items: list[_Item] = []
    for line, text in texts:
        number = _CLAUSE.match(text)
        clause = _plain(number[1]) if number and number.end() < len(text) else ""
        if clause and clause.count(".") == depth and clause.rpartition(".")[0] in above:
            items.append(_Item(clause, line))
        if not items:
            items.append(_Item("", line))
        items[-1].texts.append(text)
    return items


def _plain(number: str) -> str:
    """Return a number in ASCII digits, without the spaces in it."""
    return unicodedata.normalize("NFKC", number).replace(" ", "")


def _joined(columns: Sequence[list[_Item]]) -> Iterator[tuple[_Item, list[str]]]:
    """Yield requirements with the titles above them, each title once; then the titles that nothing stands under."""
    areas, tasks, requirements = columns
    left = [_printed_once(areas), _printed_once(tasks)]
    for item in requirements:
        titles = [_first(titles, ".".join(item.clause.split(".")[: n + 1])) for n, titles in enumerate(left)]
        yield item, [*titles, item.text]
    for depth, titles_left in enumerate(left):
        for item in titles_left:
            cells = ["", "", ""]
            cells[depth] = item.text
            yield item, cells


def _printed_once(titles: Sequence[_Item]) -> list[_Item]:
    """Return titles without those that are printed again beside each of their tasks or requirements."""
    pairs = zip([None, *titles], titles, strict=False)
    return [title for last, title in pairs if not last or (last.clause, last.text) != (title.clause, title.text)]


def _first(items: list[_Item], clause: str) -> str:
    """Take the first title of that number out of those that are left."""
    for item in items:
        if item.clause == clause:
            items.remove(item)
            return item.text
    return ""


def _row(item: _Item, cells: Sequence[str], table: Table) -> Draft:
    return row(cells, table, page=item.source.page, source=item.source.number)
