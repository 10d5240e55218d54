"""Tells lines that read like requirements where none should stand: moved ones, or those below a misread heading."""

from kaozheng.importing.document import Line
from kaozheng.importing.section_names import SectionKind
from kaozheng.importing.tree.marks import LIKELY, START, marks_in
from kaozheng.importing.wording import tidy

_SUBSECTION = 2
#: Sections in which no item of a list says what somebody can do.
_WITHOUT_LISTS = ("front", "foreword", "scope", "references", "majors", "posts", "bibliography")


def clauses_of(line: Line) -> list[tuple[int, ...]]:
    """Return the numbers of three parts and more before what a line or row says one can do."""
    marks = [mark for text in line.cells or (line.text,) for mark in marks_in(tidy(text))]
    likely = [mark.number for mark in marks if mark.strength >= LIKELY and mark.before_verb]
    return [number.parts for number in likely if number.depth > _SUBSECTION]


def is_stray_requirement(line: Line, clause: str | None = None, kind: SectionKind = "bibliography") -> bool:
    """Tell a line or row that reads like a requirement from the clauses of the section in which it stands."""
    marks = [mark for text in line.cells or (line.text,) for mark in marks_in(tidy(text))]
    numbered = [mark for mark in marks if mark.number.depth > 1 and str(mark.number.parts[0]) != clause]
    if any(mark.number.depth > _SUBSECTION and mark.before_verb and mark.strength >= LIKELY for mark in numbered):
        return True
    if line.cells is not None and sum(map(bool, line.cells)) > 1:
        return any(mark.strength == START for mark in numbered)
    return kind in _WITHOUT_LISTS and any(mark.strength == START and mark.before_able for mark in marks)
