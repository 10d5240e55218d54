"""Rows whose cells span others, spread out so that columns stay aligned: what a span covers reads ""."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.refusal import too_much


@dataclass(frozen=True, slots=True)
class SpannedCell:
    """A cell as the file has it."""

    text: str
    columns: int = 1
    rows: int = 1


def spread(rows: Iterable[Sequence[SpannedCell]]) -> list[list[str]]:
    """Return each row with one text per column; spans end with the last column that any cell begins in."""
    covered: dict[int, int] = {}
    spread_rows: list[list[str]] = []
    made = width = 0
    for cells in rows:
        spread_row: list[str] = []
        for cell in cells:
            _skip_covered(spread_row, covered)
            width = max(width, len(spread_row) + 1)
            _place(cell, spread_row, covered)
        while any(column >= len(spread_row) for column in covered):
            _fill(spread_row, covered)
        made += len(spread_row)
        if made > limits.CELLS:
            raise too_much("表格单元格数", "table cells", limits.CELLS)
        spread_rows.append(spread_row)
    return [spread_row[:width] for spread_row in spread_rows]


def _skip_covered(spread_row: list[str], covered: dict[int, int]) -> None:
    while len(spread_row) in covered:
        _fill(spread_row, covered)


def _fill(spread_row: list[str], covered: dict[int, int]) -> None:
    """Add an empty cell, and count down the rows that still cover its column."""
    column = len(spread_row)
    left = covered.pop(column, 0)
    if left > 1:
        covered[column] = left - 1
    spread_row.append("")


def _place(cell: SpannedCell, spread_row: list[str], covered: dict[int, int]) -> None:
    column = len(spread_row)
    if column >= limits.COLUMNS:
        raise too_much("表格列数", "columns in a table", limits.COLUMNS)
    columns = max(1, min(cell.columns, limits.COLUMNS - column))
    spread_row.extend([cell.text, *[""] * (columns - 1)])
    if cell.rows > 1:
        covered.update(dict.fromkeys(range(column, column + columns), min(cell.rows, limits.ROWSPAN) - 1))
