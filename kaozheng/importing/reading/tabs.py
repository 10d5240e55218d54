"""Rows whose cells are parted by tabs: what is left of a table when it is copied out of Word, a PDF or a browser."""

import re
from collections.abc import Sequence

from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.inline import plain
from kaozheng.importing.reading.source import SourceLine

#: A page break inside a table leaves so many blank lines at most; more of them part two tables.
_BLANK_LINES_INSIDE = 2
#: A cell copied from Word keeps its paragraphs, each on a line of its own, without tabs; so many at most.
_PARAGRAPHS_OF_A_CELL = 40
_WIDE = 3
_MARKER = re.compile(
    r"[#\s*]*(?:[(（\[【]?(?:\d+|[A-Za-z]|[一二三四五六七八九十]+)(?:[.．]\d+)*[)）\]】.．、]?|[-—–•·●])[\s*]*"
)
_PAGE_NUMBER = re.compile(r"[-—–\s]*(?:\d{1,4}|[IVXivx]{1,6})[-—–\s]*")
_NOT_INSIDE_A_CELL = re.compile(
    r"#|<|\||\**(?:续?表|附录)\s*[\dA-Z]|\**参\s*考\s*文\s*献|\[\d+\]|\d+(?:[.．]\d+)?[.．、]?\s*[^\d.．\s]"
)
_CLAUSE = re.compile(r"\d+[.．]\d+[.．]\d+")
_HEADER = re.compile(r"工\s*作\s*领\s*域|工\s*作\s*任\s*务|职\s*业\s*技\s*能\s*要\s*求")


def tab_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise rows parted by tabs; a table of contents, numbered headings and indented paragraphs are none."""
    if "\t" not in lines[start].text:
        return None
    end = _end_of_run(lines, start)
    run = [line for line in lines[start:end] if not line.is_blank]
    rows = [_fields(line.text) for line in run if "\t" in line.text]
    if not _is_table(rows):
        return [draft for line in run for draft in line.drafts()], end
    table, width = Table(), 0
    drafts: list[Draft] = []
    for line in run:
        if "\t" in line.text:
            cells = _fields(line.text)
            width = len(cells)
        else:
            cells = [*[""] * (width - 1), line.text]
        drafts.append(row(list(map(plain, cells)), table, page=line.page, source=line.number))
    return drafts, end


def _fields(text: str) -> list[str]:
    return [field.strip() for field in text.split("\t")]


def _is_table(rows: Sequence[Sequence[str]]) -> bool:
    if len(rows) == 1 and _MARKER.fullmatch(rows[0][0]):
        return False
    return any(_says_table(row_fields) for row_fields in rows)


def _says_table(fields: Sequence[str]) -> bool:
    filled = [field for field in fields if field]
    if len(filled) <= 1 or (_PAGE_NUMBER.fullmatch(filled[-1]) and len(filled) <= _WIDE):
        return False
    return len(filled) >= _WIDE or not _MARKER.fullmatch(filled[0])


def _end_of_run(lines: Sequence[SourceLine], start: int) -> int:
    """Return the index after the last row: rows follow each other but for few blank lines and a cell's paragraphs."""
    end = at = start + 1
    while at < len(lines):
        if "\t" in lines[at].text and not lines[at].is_blank:
            if not _belongs(lines[at].text, adjacent=at == end):
                break
            at = end = at + 1
        elif lines[at].is_blank and at - end < _BLANK_LINES_INSIDE:
            at += 1
        elif at == end and (paragraphs := _paragraphs_of_cell(lines, at)):
            at = end = at + paragraphs
        else:
            break
    return end


def _belongs(text: str, *, adjacent: bool) -> bool:
    """Tell a row that goes on, with empty cells before its one text, from a paragraph indented by a tab."""
    fields = _fields(text)
    return adjacent or len([field for field in fields if field]) > 1 or fields[:2] == ["", ""]


def _paragraphs_of_cell(lines: Sequence[SourceLine], start: int) -> int:
    """Return how many lines from `start` on are paragraphs of the last cell of the wide row before them."""
    if "\t" in lines[start - 1].text and len(_fields(lines[start - 1].text)) < _WIDE:
        return 0
    count = 0
    for line in lines[start : start + _PARAGRAPHS_OF_A_CELL]:
        if "\t" in line.text:
            return 0 if _HEADER.search(line.text) else count
        if line.is_blank or (_NOT_INSIDE_A_CELL.match(line.text.strip())):
            break
        count += 1
    return _leading_clauses(lines[start : start + count])


def _leading_clauses(lines: Sequence[SourceLine]) -> int:
    """Return how many of the lines after the last row still begin with a requirement's number."""
    return next((place for place, line in enumerate(lines) if not _CLAUSE.match(line.text.strip())), len(lines))
