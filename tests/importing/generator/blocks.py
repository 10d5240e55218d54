"""What a document consists of before a renderer gives it a form."""

from dataclasses import dataclass

#: One cell: its paragraphs; None where the cell above goes on (a merged cell).
Cell = tuple[str, ...] | None


@dataclass(frozen=True)
class Heading:
    """A numbered heading; `depth` 1 is a section."""

    text: str
    depth: int = 1


@dataclass(frozen=True)
class Paragraph:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True)
class Line:
    """A line that no renderer may join or wrap: a caption, a page number, an entry of the table of contents."""

    text: str


@dataclass(frozen=True)
class Table:
    """A table of rows, each as many cells wide as the others."""

    rows: tuple[tuple[Cell, ...], ...]


Block = Heading | Paragraph | Line | Table
