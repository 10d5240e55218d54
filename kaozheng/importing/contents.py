"""Finds the table of contents, so that its entries are not taken for the sections that they announce."""

import re
from collections.abc import Iterator, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.headings import Heading, heading_in
from kaozheng.importing.section_names import SectionKind
from kaozheng.importing.tree.marks import has_ended
from kaozheng.importing.wording import fold, tidy

_LEADERS = re.compile(r"(?:\.{3,}|…+|·{3,}|。{3,}|_{3,}|-{4,}|(?:\. ){3,}|\t+)\s*[\dIVXivxⅠⅡⅢ]{0,4}\s*$")
_PAGE_BEHIND = re.compile(r"(?<=\D)\s*\d{1,3}$|(?<=\D)\s+[IVXivxⅠⅡⅢ]{1,3}$")
_LONGEST = 80
_FEWEST = 3


def contents(lines: Sequence[Line], headings: Sequence[Heading | None]) -> frozenset[int]:
    """Return the places of the entries among the lines; `headings` says which lines read like headings."""
    last = {heading.kind: at for at, heading in enumerate(headings) if heading}
    finder = _Finder(lines, headings, last)
    found = set(finder.dotted()) | set(finder.listed())
    for at, heading in enumerate(headings):
        if heading and heading.kind == "contents":
            found.update(finder.below(at))
    return frozenset(found)


class _Finder:
    def __init__(self, lines: Sequence[Line], headings: Sequence[Heading | None], last: dict[SectionKind, int]) -> None:
        self._texts = [_text(line) for line in lines]
        self._lines = lines
        self._headings = headings
        self._last_of_kind = last
        self._last = {fold(text): at for at, text in enumerate(self._texts)}

    def dotted(self) -> Iterator[int]:
        """Yield entries that dots or a tab lead to the page number."""
        for at, text in enumerate(self._texts):
            if len(text) <= _LONGEST and _LEADERS.search(text) and heading_in(tidy(_LEADERS.sub("", text))):
                yield at

    def listed(self) -> Iterator[int]:
        """Yield headings that follow each other without text and come again later: contents without a heading."""
        for at, heading in enumerate(self._headings):
            if heading and heading.kind != "contents" and self._last_of_kind[heading.kind] != at:
                around = self._headings[max(0, at - 2) : at + 3]
                if sum(1 for each in around if each and each.kind != "requirements") >= _FEWEST:
                    yield at

    def below(self, start: int) -> range:
        """Return the entries below the heading of the contents, without the heading that begins the text."""
        end = start + 1
        while end < len(self._lines) and self._is_entry(end):
            end += 1
        if start + 1 < end < len(self._lines) and self._headings[end - 1]:
            end -= 1
            while end > start + 1 and self._came_before(start, end - 1):
                end -= 1
        return range(start + 1, end)

    def _came_before(self, start: int, at: int) -> bool:
        """Tell a heading that is an entry's own section: the entry stands above it."""
        heading = self._headings[at]
        above = [each.kind for each in self._headings[start + 1 : at] if each]
        return heading is not None and heading.kind in above and heading.kind != "requirements"

    def _is_entry(self, at: int) -> bool:
        text = self._texts[at]
        if len(text) > _LONGEST or (has_ended(text) and not _LEADERS.search(text)):
            return False
        if _LEADERS.search(text) or self._headings[at]:
            return True
        entry = _PAGE_BEHIND.sub("", tidy(text))
        return entry != tidy(text) or self._last.get(fold(entry), at) > at


def _text(line: Line) -> str:
    """Return a line's text; of a row only what can be an entry and its page."""
    if line.cells is None:
        return line.text
    filled = [cell for cell in line.cells if cell.strip()]
    is_entry = len(filled) == 1 or (len(filled) == 2 and filled[1].strip().isdigit())  # noqa: PLR2004 - and its page
    return " ".join(filled) if is_entry else line.text + "。"
