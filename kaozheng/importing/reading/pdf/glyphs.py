"""Characters on a page as lines of text: spaces where people see one, none between ideographs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kaozheng.importing.reading.characters import visible

#: In widths of a character: gaps from which on two characters are apart, none, one or both of which are ideographs.
_GAPS = (0.22, 0.45, 0.9)
_BOTH = 2
#: ... and from which on they stand in two columns.
_COLUMN_GAP = 1.2
#: Two characters stand on one line if their middles are nearer than this part of their height.
_SAME_LINE = 0.5
_FIRST_IDEOGRAPH = "\u2e80"


@dataclass(frozen=True, slots=True)
class Glyph:
    """One character and where it stands, in points from the page's upper left corner."""

    text: str
    x0: float
    x1: float
    top: float
    bottom: float
    #: The file has a space before it, which is not to be had from the gap alone.
    is_spaced: bool

    @property
    def middle(self) -> float:
        """Return the height of its middle."""
        return (self.top + self.bottom) / 2

    @property
    def size(self) -> float:
        """Return its height."""
        return max(self.bottom - self.top, 1.0)


@dataclass(frozen=True, slots=True)
class TextLine:
    """Characters that stand beside each other, from left to right."""

    glyphs: tuple[Glyph, ...]

    @property
    def x0(self) -> float:
        """Return where it begins."""
        return self.glyphs[0].x0

    @property
    def x1(self) -> float:
        """Return where it ends."""
        return max(glyph.x1 for glyph in self.glyphs)

    @property
    def top(self) -> float:
        """Return its upper edge."""
        return min(glyph.top for glyph in self.glyphs)

    @property
    def size(self) -> float:
        """Return the height of its characters."""
        return self.glyphs[0].size

    @property
    def text(self) -> str:
        """Return what it says."""
        parts = [self.glyphs[0].text]
        for before, glyph in pairwise(self.glyphs):
            parts.append(_space(before, glyph) + glyph.text)
        return visible("".join(parts)).strip()

    @property
    def first_word_width(self) -> float:
        """Return how much room its first unbreakable piece takes: a Latin word, or one ideograph."""
        for before, glyph in pairwise(self.glyphs):
            if before.text >= _FIRST_IDEOGRAPH or glyph.text >= _FIRST_IDEOGRAPH or _space(before, glyph):
                return before.x1 - self.x0
        return self.x1 - self.x0

    def columns(self) -> list["TextLine"]:
        """Return the pieces that wide gaps part."""
        pieces: list[list[Glyph]] = [[self.glyphs[0]]]
        for before, glyph in pairwise(self.glyphs):
            if glyph.x0 - before.x1 > _COLUMN_GAP * min(before.size, glyph.size):
                pieces.append([])
            pieces[-1].append(glyph)
        return [TextLine(tuple(piece)) for piece in pieces]


def text_lines(glyphs: Iterable[Glyph]) -> list[TextLine]:
    """Return lines from top to bottom, each from left to right."""
    lines: list[list[Glyph]] = []
    for glyph in sorted(glyphs, key=lambda glyph: (glyph.middle, glyph.x0)):
        if lines and _beside(lines[-1], glyph):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
    return [TextLine(tuple(sorted(line, key=lambda glyph: glyph.x0))) for line in lines]


def _beside(line: Sequence[Glyph], glyph: Glyph) -> bool:
    return glyph.middle - line[0].middle < _SAME_LINE * min(line[0].size, glyph.size)


def _space(before: Glyph, glyph: Glyph) -> str:
    """Return a space where people see one; setters put gaps of their own between ideographs and Latin letters."""
    ideographs = (before.text >= _FIRST_IDEOGRAPH) + (glyph.text >= _FIRST_IDEOGRAPH)
    gap = (glyph.x0 - before.x1) / min(before.size, glyph.size)
    return " " if gap > _GAPS[ideographs] or (glyph.is_spaced and ideographs < _BOTH) else ""
