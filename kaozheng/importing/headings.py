"""Headings of sections, as single lines."""

import re
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.section_names import SectionKind, section_named, section_of_standard
from kaozheng.importing.tree.numbers import Number, read_number
from kaozheng.importing.wording import fold, tidy

_LONGEST = 40
_SUBSECTION = 2
_MARKED = re.compile(r"^\s*(?:#{1,6}\s|\*\*)")


@dataclass(frozen=True, slots=True)
class Heading:
    """What a line says as a heading: of which section, and whether it is set off as one."""

    kind: SectionKind
    number: Number | None
    is_marked: bool

    @property
    def clause(self) -> str | None:
        """Return its number as stored."""
        return ".".join(map(str, self.number.parts)) if self.number else None


def heading_of(line: Line) -> Heading | None:
    """Return the heading that a line is, if it is one."""
    if line.cells is not None:
        return None
    return heading_in(tidy(line.text), is_marked=_MARKED.match(line.text) is not None)


def heading_in(text: str, *, is_marked: bool = False) -> Heading | None:
    """Return the heading that a tidied text is, if it is one."""
    if len(text) > _LONGEST:
        return None
    number, rest = read_number(text)
    name = fold(rest).rstrip(":")
    kind = section_named(name)
    if kind is None and number and number.is_dotted and number.depth <= _SUBSECTION:
        kind = section_of_standard(name)
    return Heading(kind, number, is_marked) if kind else None
