"""Sentences of a wrapped text, with their places."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from kaozheng.importing.preamble.flow import one_line

_SENTENCE = re.compile(r"[^。！？]+[。！？]?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence on one line, and where it stands in the flow."""

    words: str
    start: int
    end: int

    @property
    def compact(self) -> str:
        """Return the words without spaces, for matching."""
        return self.words.replace(" ", "")


def sentences(text: str, start: int = 0, end: int | None = None) -> Iterator[Sentence]:
    """Yield the sentences of a stretch of text that say something."""
    for match in _SENTENCE.finditer(text, start, len(text) if end is None else end):
        words = one_line(match.group())
        if words:
            yield Sentence(words, match.start(), match.end())
