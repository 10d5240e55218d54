"""Where the columns of a table lie that only spaces draw."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaozheng.importing.reading.widths import COUNTINGS, Columns, between

#: What the second and third column begin with; a space may follow a point, but "2. 5G" begins an area.
_NUMBERS = (
    re.compile(r"(?<![\d.．])\d{1,2}(?:[.．]|[.．] (?!\d+[A-Za-z]))\d{1,2}(?![.．]? ?\d)"),
    re.compile(r"(?<![\d.．])\d{1,2}[.．] ?\d{1,2}[.．] ?\d{1,2}(?![.．]?\d)"),
)


@dataclass(frozen=True)
class Cut:
    """Where the second and third column begin, by one way of counting."""

    counting: Callable[[str], Columns]
    places: tuple[int, int]


def cut_places(texts: Sequence[str]) -> Cut | None:
    """Return the cut that parts the columns of these lines without going through a word; None if there is none."""
    for counting in COUNTINGS:
        drawn = [counting(text) for text in texts]
        places = [_place(drawn, number) for number in _NUMBERS]
        if None not in places and places[0] < places[1]:  # type: ignore[operator]
            return Cut(counting, (places[0] or 0, places[1] or 0))
    return None


def fragments(text: str, cut: Cut) -> tuple[str, str, str]:
    """Return what of a line stands in each column."""
    columns = cut.counting(text)
    second, third = cut.places
    return between(columns, 0, second), between(columns, second, third), between(columns, third, None)


def _place(drawn: Sequence[Columns], number: re.Pattern[str]) -> int | None:
    """Return where a column begins: the nearest place left of its first number at which every line has a space."""
    starts = [start for columns in drawn if (start := _start(columns, number)) is not None]
    if not starts:
        return None
    for place in range(min(starts), 0, -1):
        if all(place >= len(columns) or columns[place - 1] == " " for columns in drawn):
            return place
    return None


def _start(columns: Columns, number: re.Pattern[str]) -> int | None:
    """Return where in a line a number of the column stands, after a gap or at the line's beginning."""
    places = [place for place, letter in enumerate(columns) if letter]
    line = "".join(columns)
    for found in number.finditer(line):
        before = line[: found.start()]
        if not before.strip() or before.endswith("  "):
            return places[found.start()]
    return None
