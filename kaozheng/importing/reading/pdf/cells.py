"""The text of a cell on a page: its printed lines joined to paragraphs."""

from collections.abc import Iterable, Iterator, Sequence

from kaozheng.importing.reading.pdf.glyphs import TextLine
from kaozheng.importing.reading.wrapping import unwrapped

#: In widths of a character: a line that ends so far from the right edge was ended by its author, ...
_ROOM_LEFT = 2.5
#: ... unless it is centred, thus begins as far from the left edge.
_INDENT = 1.5
_UPRIGHT_COLUMN = 2


def cell_text(lines: Sequence[TextLine], x0: float, x1: float) -> str:
    """Return the paragraphs of the lines between two edges, parted by newlines."""
    texts = [line.text for line in lines]
    if all(len(text) <= _UPRIGHT_COLUMN for text in texts):
        return "".join(texts)  # one character below the other
    return unwrapped(_parted(lines, x0, x1))


def _parted(lines: Sequence[TextLine], x0: float, x1: float) -> Iterator[str]:
    """Return the lines' texts, with an empty one where a paragraph ends."""
    following: Iterable[TextLine | None] = [*lines[1:], None]
    for line, after in zip(lines, following, strict=True):
        yield line.text
        room = x1 - line.x1
        is_short = room > _ROOM_LEFT * line.size and line.x0 - x0 < _INDENT * line.size
        if after is not None and is_short and room > after.first_word_width + line.size:
            yield ""
