"""Automatic numbers, which Word shows but does not store: counted again, paragraph by paragraph."""

import re
from dataclasses import dataclass, replace

from lxml.etree import _Element as Element

from kaozheng.importing.reading.docx.names import child, children, is_on, value, whole
from kaozheng.importing.reading.docx.styles import Styles, number_properties
from kaozheng.importing.reading.numerals import numeral

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")


@dataclass(frozen=True, slots=True)
class _Level:
    start: int = 1
    form: str = "decimal"
    text: str = ""
    #: Counted from 1: restarts after a paragraph of this level or a higher one; 0 never does; None after any above it.
    restart: int | None = None
    is_legal: bool = False
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """What a `numId` stands for; lists of one kind count on from each other unless one says where it starts."""

    kind: int
    levels: tuple[_Level, ...]
    restarted: tuple[int, ...]


class Numbering:
    """Counts as the document is read from its beginning to its end."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        """Read the definitions; a document may have none."""
        self._styles = styles
        self._lists = {} if root is None else _lists(root)
        self._counters: dict[int, list[int | None]] = {}
        self._begun: set[int] = set()

    def label(self, paragraph: Element) -> str:
        """Return the number that stands before a paragraph, "" if none does; to be asked once each, in order."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"))
        asked = number_properties(properties).over(self._styles.number(style))
        found = self._lists.get(asked.number or 0)
        if found is None or asked.number is None:
            return ""
        by_style = next((at for at, level in enumerate(found.levels) if style and level.style == style), 0)
        level = min(by_style if asked.level is None else asked.level, _LEVELS - 1)
        return self._written(found, level, self._count(asked.number, found, level))

    def _count(self, number: int, found: _List, at: int) -> list[int | None]:
        counters = self._counters.setdefault(found.kind, [None] * _LEVELS)
        if number not in self._begun:
            self._begun.add(number)
            for restarted in found.restarted:
                counters[restarted] = None
        before = counters[at]
        counters[at] = found.levels[at].start if before is None else before + 1
        for below in range(at + 1, _LEVELS):
            restart = found.levels[below].restart
            if restart is None or at < restart:
                counters[below] = None
        return counters

    def _written(self, found: _List, at: int, counters: list[int | None]) -> str:
        own = found.levels[at]
        if own.form == "bullet":
            return ""

        def written(place: re.Match[str]) -> str:
            level = found.levels[int(place[1]) - 1]
            count = counters[int(place[1]) - 1]
            form = "decimal" if own.is_legal else level.form
            return numeral(level.start if count is None else count, form)

        return _PLACE.sub(written, own.text).strip()


def _lists(root: Element) -> dict[int, _List]:
    kinds = {whole(kind, "abstractNumId"): kind for kind in children(root, "abstractNum")}
    linked = {value(child(kind, "styleLink")): kind for kind in kinds.values() if child(kind, "styleLink") is not None}
    lists: dict[int, _List] = {}
    for element in children(root, "num"):
        number = whole(element, "numId")
        found = kinds.get(whole(child(element, "abstractNumId")))
        if number and found is not None:
            lists[number] = _list(element, linked.get(value(child(found, "numStyleLink")), found))
    return lists


def _list(element: Element, kind: Element) -> _List:
    levels = [_Level()] * _LEVELS
    restarted: list[int] = []
    for definition in children(kind, "lvl"):
        levels[_index(definition)] = _level(definition)
    for override in children(element, "lvlOverride"):
        at = _index(override)
        if (replacement := child(override, "lvl")) is not None:
            levels[at] = _level(replacement)
        if (start := whole(child(override, "startOverride"))) is not None:
            levels[at] = replace(levels[at], start=start)
            restarted.append(at)
    return _List(whole(kind, "abstractNumId") or 0, tuple(levels), tuple(restarted))


def _index(element: Element) -> int:
    return min(whole(element, "ilvl") or 0, _LEVELS - 1)


def _level(element: Element) -> _Level:
    start = whole(child(element, "start"))
    return _Level(
        start=1 if start is None else start,
        form=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")) or "",
        restart=whole(child(element, "lvlRestart")),
        is_legal=is_on(child(element, "isLgl")),
        style=value(child(element, "pStyle")),
    )
