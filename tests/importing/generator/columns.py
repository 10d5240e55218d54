"""A table as text tools print the columns of a page: cells side by side, wrapped, the narrow ones centred in height."""

from collections.abc import Iterator
from unicodedata import east_asian_width

from tests.importing.generator.blocks import Cell, Table
from tests.importing.generator.wrapping import wrap

_WIDTHS = (12, 18, 56)


def in_columns(table: Table) -> Iterator[str]:
    """Yield the lines of a table; what belongs to one requirement is parted by what stands beside it."""
    for row in table.rows:
        columns = [_wrapped(cell, width) for cell, width in zip(row, _WIDTHS, strict=True)]
        height = max(len(column) for column in columns)
        centred = [_centred(column, height) for column in columns[:2]]
        for parts in zip(*centred, columns[2] + [""] * (height - len(columns[2])), strict=True):
            yield "  ".join(part + " " * (w - width(part)) for part, w in zip(parts, _WIDTHS, strict=True)).rstrip()


def _wrapped(cell: Cell, limit: int) -> list[str]:
    return [line for paragraph in cell or () for line in wrap(paragraph, limit, width)]


def _centred(column: list[str], height: int) -> list[str]:
    above = (height - len(column)) // 2
    return [""] * above + column + [""] * (height - len(column) - above)


def width(text: str) -> int:
    """Return how many places of a fixed-width font a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)
