"""Pages put together: which lines run along on every page, which table goes on from the page before."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.pdf.glyphs import TextLine
from kaozheng.importing.reading.pdf.pages import PageContent
from kaozheng.importing.reading.pdf.ruled import PageTable
from kaozheng.importing.reading.pdf.unruled import UnruledPart, rest_of_table, table_at
from kaozheng.importing.reading.pdf.unruled_rows import Rows, rows_of

_PAGE_NUMBER = re.compile(
    r"[-—–·.\s]*(?:第\s*)?(?:\d{1,4}|[IVXivx]{1,6})(?:\s*页)?(?:\s*[/，,共]+\s*\d+\s*页?)?[-—–·.\s]*"
)
_CONTINUED = re.compile(r"续\s*表|表.{0,80}[(（]\s*续\s*[)）]")
#: Captions and numbered items are alike but for their numbers without running along.
_OWN = re.compile(r"续?表\s*[A-Z]?\.?\d|\d{1,2}[.．、]")
_DIGITS = re.compile(r"\d+")
_MARGIN_LINES = 2


@dataclass(slots=True)
class _Ruled:
    """A table with lines that the next page may continue."""

    identity: Table
    shape: PageTable


@dataclass(slots=True, eq=False)
class _Unruled:
    """A table without lines: only all its parts together show which titles its requirements belong to."""

    identity: Table = field(default_factory=Table)
    parts: list[UnruledPart] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the rows of a part of such a table go."""

    table: _Unruled
    part: int
    page: int


def drafts_of(pages: Sequence[PageContent]) -> list[Draft]:
    """Return the lines of all pages in order."""
    assembly = _Assembly(_running(pages))
    found = [piece for page in pages for piece in assembly.pieces(page)]
    tables = {piece.table for piece in found if isinstance(piece, _Place)}
    rows = {table: rows_of(table.parts) for table in tables}
    return [draft for piece in found for draft in ([piece] if isinstance(piece, Draft) else _rows_at(piece, rows))]


def _rows_at(place: _Place, rows: dict[_Unruled, list[Rows]]) -> Iterator[Draft]:
    return (row(texts, place.table.identity, page=place.page) for texts in rows[place.table][place.part])


def _running(pages: Sequence[PageContent]) -> set[str]:
    """Return what stands at the top or bottom of several pages, page numbers aside."""
    seen: Counter[str] = Counter()
    for page in pages:
        margins = {*page.lines[:_MARGIN_LINES], *page.lines[-_MARGIN_LINES:]}
        seen.update({_anonymous(line.text) for line in margins})
    return {text for text, times in seen.items() if times > 1 and not _OWN.match(text)}


def _anonymous(text: str) -> str:
    return _DIGITS.sub("0", text)


class _Assembly:
    """Goes from page to page and remembers the table that may go on."""

    def __init__(self, running: set[str]) -> None:
        self._running = running
        self._open: _Ruled | _Unruled | None = None

    def pieces(self, page: PageContent) -> Iterator[Draft | _Place]:
        lines = list(page.lines)
        for table in sorted(page.tables, key=lambda table: table.top):
            above = [line for line in lines if line.top < table.top]
            yield from self._outside(above, page.number)
            yield from self._ruled(table, page.number)
            lines = lines[len(above) :]
        yield from self._outside(lines, page.number)

    def _outside(self, lines: Sequence[TextLine], page: int) -> Iterator[Draft | _Place]:
        """Return the lines outside ruled tables; what runs along at the top and bottom is no part of any table."""
        start, end = 0, len(lines)
        while start < end and self._runs_along(lines[start].text):
            start += 1
        while end > start and self._runs_along(lines[end - 1].text):
            end -= 1
        yield from (_plain(line, page) for line in lines[:start])
        yield from self._body(lines[start:end], page)
        yield from (_plain(line, page) for line in lines[end:])

    def _body(self, lines: Sequence[TextLine], page: int) -> Iterator[Draft | _Place]:
        at = 0
        if isinstance(self._open, _Unruled) and (rest := rest_of_table(lines, self._open.parts[-1])):
            part, at = rest
            yield self._part(part, page)
        while at < len(lines):
            if found := table_at(lines, at):
                part, at = found
                yield self._part(part, page)
                continue
            if not self._runs_along(lines[at].text):
                self._open = None
            yield _plain(lines[at], page)
            at += 1

    def _part(self, part: UnruledPart, page: int) -> _Place:
        if not isinstance(self._open, _Unruled) or part.header not in (None, self._open.parts[0].header):
            self._open = _Unruled()
        self._open.parts.append(part)
        return _Place(self._open, len(self._open.parts) - 1, page)

    def _ruled(self, table: PageTable, page: int) -> Iterator[Draft]:
        before = self._open
        if not isinstance(before, _Ruled) or not table.continues(before.shape):
            before = _Ruled(Table(), table)
        self._open = before
        return (row(cells, before.identity, page=page) for cells in table.under(before.shape).rows)

    def _runs_along(self, text: str) -> bool:
        if _PAGE_NUMBER.fullmatch(text) or _CONTINUED.match(text):
            return True
        return _anonymous(text) in self._running


def _plain(line: TextLine, page: int) -> Draft:
    return Draft(text=line.text, page=page)
