"""Breaks lines as Chinese and English ask for: between ideographs, between words, never before a closing mark."""

import re

from rich.cells import cell_len

_CLOSING = "，。、；：？！）》」』】〉”’,.;:?!)]"
_OPENING = "（《「『【〈“‘(["
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]"
#: What stays together: a wide character with the marks that cling to it, or a word.
_PIECE = re.compile(rf"\s+|[{re.escape(_OPENING)}]*(?:{_WIDE}|(?:(?!{_WIDE})\S)+)[{re.escape(_CLOSING)}]*")


def wrap(text: str, width: int, *, first: str = "", rest: str = "") -> list[str]:
    """Return lines of at most `width` cells: the first one after `first`, the others after `rest`."""
    lines, line, start = [], first, len(first)
    for piece in _PIECE.findall(text):
        if cell_len(line) + cell_len(piece.rstrip()) > width and len(line) > start:
            lines.append(line.rstrip())
            line, start, piece = rest, len(rest), piece.lstrip()  # noqa: PLW2901 - a line begins without a space
        line += " " if piece.isspace() else piece
    lines.append(line.rstrip())
    return lines
