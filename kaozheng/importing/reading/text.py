"""Plain text and Markdown: one line per line of the file, and the tables that people and programs draw in them."""

import re
from collections.abc import Iterator, Sequence
from typing import Literal

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.aligned import aligned_table
from kaozheng.importing.reading.dashes import dash_table
from kaozheng.importing.reading.draft import Draft
from kaozheng.importing.reading.embedded import embedded_table
from kaozheng.importing.reading.grids import grid_table
from kaozheng.importing.reading.pipes import pipe_table
from kaozheng.importing.reading.refusal import too_much
from kaozheng.importing.reading.source import Recogniser, SourceLine, source_lines
from kaozheng.importing.reading.tabs import tab_table

_RECOGNISERS: tuple[Recogniser, ...] = (embedded_table, grid_table, pipe_table, dash_table, aligned_table, tab_table)
#: Pictures that OCR tools put into the text itself.
_PICTURE = re.compile(r"data:image/[a-z.+-]{1,20};base64,[A-Za-z0-9+/=]+")
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\|? ?:?-{3,}:? ?\|)", re.MULTILINE)


def read_text(text: str) -> Iterator[Draft]:
    """Return the lines of a text; code fences and headings stay as they are, blank lines are left out later."""
    short = _PICTURE.sub("", text) if "data:image/" in text else text
    if len(short) > limits.CHARACTERS:
        raise too_much("字数", "characters", limits.CHARACTERS)
    lines = source_lines(short)
    at = 0
    while at < len(lines):
        drafts, at = _block(lines, at)
        yield from drafts


def text_kind(text: str) -> Literal["text", "markdown"]:
    """Tell Markdown, by its headings and tables, from text without marks."""
    return "markdown" if _MARKDOWN.search(text) else "text"


def _block(lines: Sequence[SourceLine], at: int) -> tuple[list[Draft], int]:
    line = lines[at]
    if line.is_blank:
        return [], at + 1
    for recogniser in _RECOGNISERS:
        if found := recogniser(lines, at):
            return found
    return line.drafts(), at + 1
