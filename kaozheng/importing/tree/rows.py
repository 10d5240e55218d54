"""Fits the cells of a row to the columns of its table: numbers in cells of their own, cells too many or too few."""

from collections.abc import Sequence

from kaozheng.importing.tree.columns import Columns
from kaozheng.importing.tree.marks import says_can
from kaozheng.importing.tree.numbers import read_number
from kaozheng.importing.wording import fold, tidy


def is_number(text: str) -> bool:
    """Tell whether a cell holds nothing but a number."""
    number, rest = read_number(tidy(text))
    return number is not None and not rest


def is_misplaced(text: str, texts: Sequence[str], columns: Columns) -> bool:
    """Tell a requirement that slipped into a column of no use: it has a number, and its own column is empty."""
    number, words = read_number(tidy(text))
    own = [each for each, column in zip(texts, columns, strict=True) if column == "requirement" and each.strip()]
    return not own and (says_can(words) or (number is not None and number.depth > 1))


def with_running_numbers(cells: Sequence[str], columns: Columns) -> list[str]:
    """Return the cells where a number in a column of its own stands before the text that it belongs to."""
    texts = list(cells)
    for place, column in enumerate(columns[:-1]):
        number = tidy(cells[place])
        following = tidy(texts[place + 1])
        if column == "running" and number and following and read_number(following)[0] is None:
            texts[place + 1] = f"{number}{'.' if number.isdigit() else ''} {texts[place + 1]}"
    return texts


def aligned(cells: Sequence[str], columns: Columns | None) -> Sequence[str]:
    """Return a row that is wider or narrower than its table with as many cells as that has, where this is certain."""
    if columns is None or len(cells) == len(columns):
        return cells
    if len(cells) > len(columns):
        return _merged(cells, len(columns))
    depths = [read_number(tidy(cell))[0] for cell in cells]
    first = next((number for number in depths if number and number.is_dotted), None)
    missing = len(columns) - len(cells)
    if first and columns[: missing + 1][-1] == {2: "task", 3: "requirement"}.get(first.depth):
        return [*[""] * missing, *cells]
    return [*cells, *[""] * missing] if len(cells) == 1 and not fold(cells[0]) else cells


def _merged(cells: Sequence[str], width: int) -> list[str]:
    """Join numbers that a tab has parted from their text, then what is left over at the end."""
    merged: list[str] = []
    surplus = len(cells) - width
    for cell in cells:
        alone = merged and surplus and (number := read_number(tidy(merged[-1])))[0] and not number[1]
        if alone:
            merged[-1], surplus = f"{merged[-1]} {cell}", surplus - 1
        else:
            merged.append(cell)
    while len(merged) > width and not merged[-1].strip():
        merged.pop()
    return [*merged[: width - 1], " ".join(merged[width - 1 :])]
