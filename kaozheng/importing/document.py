"""What every reader makes of a file: lines in reading order, each of which can be found again in the original."""

from dataclasses import dataclass
from typing import Literal

DocumentKind = Literal["text", "markdown", "html", "docx", "pdf"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line of text, or one row of a table, as found but for spaces at its ends.

    `number` counts from 1, rises, and is nobody else's: a text file's own line number, elsewhere the place in reading
    order. `page` counts from 1.
    """

    number: int
    text: str
    page: int | None = None
    #: A row's cells from left to right, paragraphs inside a cell parted by newlines; "" where a merged cell goes on.
    cells: tuple[str, ...] | None = None
    #: Which table of the document the row belongs to, counted from 1.
    table: int | None = None
    #: The text file's line it stands on, where `number` had to count on: several rows of an HTML table on one line.
    source_line: int | None = None

    @property
    def place(self) -> str:
        """Return where to look in the original, for people."""
        line = self.source_line or self.number
        if self.page is None:
            return f"第 {line} 行 line {line}"
        return f"第 {self.page} 页 page {self.page}, 第 {line} 行 line {line}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as lines. `name` is the file's name without its folder."""

    name: str
    kind: DocumentKind
    lines: tuple[Line, ...]
    #: Pages of a PDF that are pictures only: what they say was not read.
    pages_without_text: tuple[int, ...] = ()
