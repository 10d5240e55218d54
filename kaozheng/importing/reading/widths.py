"""Lines as columns of a fixed-width screen, where an ideograph takes two."""

import unicodedata
from collections.abc import Callable

_WIDE = "WF"
#: One entry per column of the screen; a wide character's second column is "".
Columns = list[str]


def wide_columns(text: str) -> Columns:
    """Return the columns as terminals and pandoc count them."""
    columns: Columns = []
    for character in text:
        columns.append(character)
        if unicodedata.east_asian_width(character) in _WIDE:
            columns.append("")
    return columns


def plain_columns(text: str) -> Columns:
    """Return the columns as tools count them that know of no wide characters."""
    return list(text)


COUNTINGS: tuple[Callable[[str], Columns], ...] = (wide_columns, plain_columns)


def between(columns: Columns, start: int, end: int | None) -> str:
    """Return the text from one column to before another."""
    return "".join(columns[start:end]).strip()
