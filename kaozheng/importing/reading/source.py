"""A text file as its lines, with the numbers that an editor shows and the pages that form feeds part."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaozheng.importing.reading.draft import Draft
from kaozheng.importing.reading.inline import plain

_LINE_END = re.compile(r"\r\n|\n|\r")
_PAGE_END = "\f"


@dataclass(frozen=True, slots=True)
class SourceLine:
    """One line of the file; two with the same number where a page ends in the middle of it."""

    number: int
    page: int | None
    text: str

    @property
    def is_blank(self) -> bool:
        """Tell whether it has nothing but spaces."""
        return not self.text.strip()

    def drafts(self) -> list[Draft]:
        """Return it as text without a table: more than one line where it holds paragraphs of HTML."""
        return [Draft(text=part, page=self.page, source=self.number) for part in plain(self.text).split("\n")]


#: What recognises a table that begins at a line: its rows, and the index after it; None if there is no such table.
Recogniser = Callable[[Sequence[SourceLine], int], tuple[list[Draft], int] | None]


def source_lines(text: str) -> list[SourceLine]:
    """Return the lines of a text; pages are counted only where the text has form feeds."""
    page = 1 if _PAGE_END in text else None
    lines: list[SourceLine] = []
    for number, whole in enumerate(_LINE_END.split(text), 1):
        for place, part in enumerate(whole.split(_PAGE_END)):
            if page is not None and place > 0:
                page += 1
            lines.append(SourceLine(number, page, part))
    return lines
