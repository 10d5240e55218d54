"""Breaks a document that lost its line breaks into lines again: before sections, clauses, tables and lettered items."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from kaozheng.importing.document import Line
from kaozheng.importing.section_names import SECTION_NAMES

_LONG = 200
_FEWEST_SECTIONS = 2
_NUMBER = r"\d{1,2}|[一二三四五六七八九十]{1,2}\s?、"
_SECTION = re.compile(
    rf"(?<!\S)(?:{_NUMBER})\s*[.．、]?\s*{SECTION_NAMES}(?=\s)|(?<!\S)(?:参\s*考\s*文\s*献|前\s*言|目\s*[次录])(?=\s)"
)
_CLAUSE = re.compile(r"(?<!\S)(\d{1,2}(?:\s?\.\s?\d{1,2}){1,3})(?=\s+[\u4e00-\u9fffA-Z])")
_LETTERED = re.compile(r"(?:(?<=\s)|(?<=[；;。]))([A-Za-z])\s?[.．)）](?=\s?[\u4e00-\u9fff])")
_TABLE = re.compile(
    r"(?<!\S)续?表\s?\d{1,2}\s?[^。；，]{0,50}?[（(]\s?[初中高]\s?级\s?[）)]|(?<!\S)工作领域\s+工作任务\s+(?:职业)?技能(?:等级)?要求"
)
#: What begins a table is a line of its own, however short the rest of the line is.
_HEAD = re.compile(
    r"^\s*续?表\s?\d{1,2}\s?[^。；，]{0,50}?[（(]\s?[初中高]\s?级\s?[）)](?=\s*工\s?作\s?领\s?域)"
    r"|工\s?作\s?领\s?域\s*工\s?作\s?任\s?务\s*(?:职\s?业\s?)?技\s?能\s?(?:等\s?级\s?)?要\s?求"
)
_DESIGNATION = re.compile(r"(?<!\S)(?:\d{1,3}\s+)?([A-Z]{1,4}/[A-Z]{1,10}\s?[\d.]{1,10}\s?[-—–]\s?\d{4})(?!\S)")
_TITLE = re.compile(r"\s*\S{2,30}(?=\s)")


def reflowed(lines: Sequence[Line]) -> list[Line]:
    """Return the lines with those that hold several sections broken up; the pieces keep the line's number."""
    return [piece for line in lines for piece in _pieces(line)]


def _pieces(line: Line) -> Iterator[Line]:
    if line.cells is not None:
        yield line
        return
    text, breaks = line.text, {0, len(line.text)}
    if len(text) >= _LONG and _lost_its_breaks(text):
        text = _without_page_heads(text)
        breaks = {0, len(text), *_breaks(text)}
    breaks.update(place for found in _HEAD.finditer(text) for place in found.span())
    for start, end in pairwise(sorted(breaks)):
        if piece := text[start:end].strip():
            yield replace(line, text=piece)


def _lost_its_breaks(text: str) -> bool:
    """Tell a line that holds several sections, or a whole table with its caption or header."""
    return sum(1 for _ in _SECTION.finditer(text)) >= _FEWEST_SECTIONS or _TABLE.search(text) is not None


def _without_page_heads(text: str) -> str:
    """Leave out the document's number, with a page's, wherever it comes again, even amid a sentence."""
    times = Counter(match[1] for match in _DESIGNATION.finditer(text))
    seen: set[str] = set()

    def keep_first(match: re.Match[str]) -> str:
        if times[match[1]] == 1:
            return match.group()
        if match[1] in seen:
            return ""
        seen.add(match[1])
        return match[1]

    return _DESIGNATION.sub(keep_first, text)


def _breaks(text: str) -> Iterator[int]:
    sections = list(_SECTION.finditer(text))
    for section in sections:
        yield section.start()
        yield section.end()
    for table in _TABLE.finditer(text):
        yield table.start()
        yield table.end()
    bounds = [*(section.start() for section in sections), len(text)]
    for section, end in zip(sections, bounds[1:], strict=True):
        yield from _inside(text, section.end(), end, re.match(r"\d+", section.group()))


def _inside(text: str, start: int, end: int, number: re.Match[str] | None) -> Iterator[int]:
    """Yield the breaks inside one section: before its clauses, after their titles, and before lettered items."""
    last: list[int] = [int(number.group())] if number else []
    titled = bool(last) and not re.search(r"术\s*语", text[max(0, start - 12) : start])
    expected = ""
    found = (*_CLAUSE.finditer(text, start, end), *_LETTERED.finditer(text, start, end))
    for match in sorted(found, key=re.Match.start):
        if match.re is _LETTERED:
            if match[1] in (expected, "A", "a"):
                yield match.start()
                expected = chr(ord(match[1]) + 1)
            continue
        parts = [int(part) for part in re.findall(r"\d+", match[1])]
        if not _follows(parts, last):
            continue
        last, expected = parts, ""
        yield match.start()
        title = _TITLE.match(text, match.end(), end)
        if titled and title:
            yield title.end()


def _follows(parts: Sequence[int], last: Sequence[int]) -> bool:
    """Tell whether a clause's number is the next one after another: 6.1 and 6.2 after 6 and 6.1.4, 6.1.1 after 6.1."""
    if list(parts[:-1]) == list(last):
        return parts[-1] == 1
    depth = len(parts)
    return depth <= len(last) and list(parts[:-1]) == list(last[: depth - 1]) and parts[-1] == last[depth - 1] + 1
