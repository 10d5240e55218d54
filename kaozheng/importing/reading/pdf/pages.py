"""One page: its characters without watermarks, the right way up, and its tables apart from its lines."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from pdfminer.pdftypes import PDFStream, resolve1
from pdfplumber.page import Page

from kaozheng.importing.reading import limits
from kaozheng.importing.reading.pdf.glyphs import Glyph, TextLine, text_lines
from kaozheng.importing.reading.pdf.ruled import PageTable, page_tables
from kaozheng.importing.reading.pdf.rules import ruled_tables
from kaozheng.importing.reading.refusal import too_much

_UNMAPPED = "(cid:"
_PRIVATE = range(0xE000, 0xF900)
#: Watermarks that lie level: so much larger than the text, and this light but not white.
_WATERMARK_SIZE = 1.8
_WATERMARK_LIGHT = (0.7, 0.99)
#: Scanned pages that were set straight lie off by a degree or two.
_LEVEL = 0.05
_OVERPRINT = 0.8
_PICTURE_SHARE = 0.3
_CMYK = 4

Character = dict[str, Any]


@dataclass(frozen=True, slots=True)
class PageContent:
    """What stands on a page; its items are lines and tables from top to bottom."""

    number: int
    lines: tuple[TextLine, ...]
    tables: tuple[PageTable, ...]
    #: How many characters there are, and how many of them have a shape but no meaning that the file tells.
    characters: int
    unmapped: int
    is_picture: bool


def read_page(page: Page) -> PageContent:
    """Return what stands on a page; raise `Refused` where there is more than on any page of a standard."""
    _check_contents(page)
    page = _upright(page)
    if len(page.chars) > limits.PDF_PAGE_CHARACTERS:
        raise too_much("单页字数", "characters on a page", limits.PDF_PAGE_CHARACTERS)
    characters = _printed_once(page.chars)
    unmapped = sum(1 for character in characters if _is_unmapped(character["text"]))
    tables, outside = page_tables(ruled_tables(page), _glyphs(_without_marks(characters)))
    return PageContent(
        number=page.page_number,
        lines=tuple(text_lines(outside)),
        tables=tuple(tables),
        characters=len(characters),
        unmapped=unmapped,
        is_picture=not characters and _has_large_picture(page),
    )


def _check_contents(page: Page) -> None:
    streams = [resolve1(stream) for stream in page.page_obj.contents]
    size = sum(len(stream.get_data()) for stream in streams if isinstance(stream, PDFStream))
    if size > limits.PDF_PAGE_BYTES:
        raise too_much("单页内容字节数", "bytes in the contents of a page", limits.PDF_PAGE_BYTES)


def _upright(page: Page) -> Page:
    """Return a page whose text mostly runs up or down, such as a wide table, turned so that it runs level."""
    turns = Counter(_turn(character) for character in page.chars)
    turn = turns.most_common(1)[0][0] if turns else 0
    if not turn:
        return page
    page.page_obj.attrs["Rotate"] = page.page_obj.rotate = (page.rotation + turn) % 360
    return Page(page.pdf, page.page_obj, page.page_number, page.initial_doctop)


def _turn(character: Character) -> int | None:
    """Return by how many degrees to turn the page for a character to stand upright; None for one that lies askew."""
    along, across = character["matrix"][:2]
    if abs(across) <= abs(along) * _LEVEL:
        return 0 if along >= 0 else 180
    if abs(along) <= abs(across) * _LEVEL:
        return 90 if across > 0 else 270
    return None


def _printed_once(characters: Sequence[Character]) -> list[Character]:
    """Return the characters without those printed again over themselves, which makes poor fonts look bold."""
    once: list[Character] = []
    seen: dict[tuple[str, int, int], tuple[float, float]] = {}
    for character in characters:
        text, x0, top = character["text"], float(character["x0"]), float(character["top"])
        near = [(text, round(x0) + across, round(top) + down) for across in (0, -1, 1) for down in (0, -1, 1)]
        before = (seen[place] for place in near if place in seen)
        if all(abs(left - x0) > _OVERPRINT or abs(upper - top) > _OVERPRINT for left, upper in before):
            seen[near[0]] = (x0, top)
            once.append(character)
    return once


def _without_marks(characters: Sequence[Character]) -> list[Character]:
    """Return the characters without those that are turned, or light and large: watermarks."""
    size = median([character["size"] for character in characters] or [1])
    return [
        character
        for character in characters
        if _turn(character) == 0 and not (character["size"] > _WATERMARK_SIZE * size and _is_light(character))
    ]


def _is_light(character: Character) -> bool:
    colour = character.get("non_stroking_color")
    parts = [part for part in colour if isinstance(part, int | float)] if isinstance(colour, tuple | list) else []
    if not parts:
        return False
    average = sum(parts) / len(parts)
    lightness = 1 - min(1.0, sum(parts) / 3 + parts[-1]) if len(parts) == _CMYK else average
    darkest, lightest = _WATERMARK_LIGHT
    return darkest < lightness < lightest


def _is_unmapped(text: str) -> bool:
    return text.startswith(_UNMAPPED) or ord(text[:1] or " ") in _PRIVATE


def _glyphs(characters: Sequence[Character]) -> list[Glyph]:
    """Return what has ink, in the order of the file, where a space stands beside what it parts."""
    glyphs = []
    is_spaced = False
    for character in characters:
        if character["text"].strip():
            x0, x1, top, bottom = (float(character[side]) for side in ("x0", "x1", "top", "bottom"))
            glyphs.append(Glyph(character["text"], x0, x1, top, bottom, is_spaced))
        is_spaced = not character["text"].strip()
    return glyphs


def _has_large_picture(page: Page) -> bool:
    area = float(page.width * page.height) or 1.0
    return sum(float(image["width"] * image["height"]) for image in page.images) > _PICTURE_SHARE * area
