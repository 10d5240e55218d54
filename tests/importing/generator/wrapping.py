"""Breaking text into lines: words in Latin letters stay whole, all else breaks anywhere."""

from collections.abc import Callable, Iterator


def wrap(text: str, limit: int, width: Callable[[str], int] = len) -> Iterator[str]:
    """Yield a paragraph as lines of about `limit` places."""
    line = ""
    for piece in _pieces(text):
        if width(line + piece) > limit and line.strip():
            yield line.strip()
            line = ""
        line += piece
    if line.strip():
        yield line.strip()


def _pieces(text: str) -> Iterator[str]:
    word = ""
    for letter in text:
        if letter.isascii() and letter != " ":
            word += letter
            continue
        if word:
            yield word
        word = ""
        yield letter
    if word:
        yield word
