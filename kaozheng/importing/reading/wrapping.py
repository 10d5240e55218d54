"""Joining the printed lines of one cell: newlines stay only where a new paragraph begins."""

import re
from collections.abc import Iterable

#: What begins a paragraph of its own inside a cell: a requirement's or task's number, a letter or number of a list.
_BEGINNING = re.compile(
    r"(?:\d{1,2}(?:[.．]\d{1,2}){1,3}(?![\d%％])|[(（]\d{1,2}[)）]|[A-Ha-h][.．、)）]|[①-⑳⑴-⒇•●◆■])"
)
_LATIN = re.compile(r"[\x21-\x7e]")


def begins_paragraph(line: str) -> bool:
    """Tell whether a line begins with a number or a mark as paragraphs do."""
    return _BEGINNING.match(line) is not None


def unwrapped(lines: Iterable[str]) -> str:
    """Return the lines of a cell as its paragraphs; a blank line parts two."""
    whole = ""
    parted = False
    for line in lines:
        if not line:
            parted = True
        else:
            whole = whole + _seam(whole, line, parted=parted) + line
            parted = False
    return whole


def _seam(before: str, line: str, *, parted: bool) -> str:
    if not before:
        return ""
    if parted or begins_paragraph(line):
        return "\n"
    return " " if _LATIN.match(before[-1]) and _LATIN.match(line) else ""
