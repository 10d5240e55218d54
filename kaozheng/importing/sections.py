"""Finds the sections of a standard by their headings, and the requirements also where their heading is missing."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from kaozheng.importing.contents import contents
from kaozheng.importing.document import Line
from kaozheng.importing.headings import Heading, heading_of
from kaozheng.importing.report import Ledger
from kaozheng.importing.section_names import SectionKind
from kaozheng.importing.strays import clauses_of, is_stray_requirement
from kaozheng.importing.tree.captions import is_table_title, read_caption
from kaozheng.importing.tree.columns import header_columns, header_words
from kaozheng.importing.tree.marks import has_ended
from kaozheng.importing.tree.numbers import Number
from kaozheng.importing.wording import fold, tidy
from shared.standards.codes import LevelName

_LONGEST = 40
_SUBSECTION = 2
#: Sections that never lie inside the requirements.
_ENDS_REQUIREMENTS = ("bibliography", "appendix")
_BEFORE_ALL = ("front", "contents", "foreword")
_ENTRY = re.compile(r"[-*\s]*(?:[\[［【]\s?\d|\d{1,2}[.、])")
_WITHOUT_TABLES = ("contents", "bibliography", "appendix", "other")


@dataclass
class Section:
    """One section: what it is, its number and its lines without the heading."""

    kind: SectionKind
    clause: str | None = None
    heading: Line | None = None
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True)
class Sections:
    """All sections in the order of the document, those of one kind joined on demand."""

    parts: tuple[Section, ...]

    def lines(self, *kinds: SectionKind) -> list[Line]:
        """Return the lines of all sections of these kinds."""
        return [line for part in self.parts if part.kind in kinds for line in part.lines]

    def clause(self, kind: SectionKind) -> str | None:
        """Return the number of the first section of a kind."""
        return next((part.clause for part in self.parts if part.kind == kind and part.clause), None)

    def has(self, kind: SectionKind) -> bool:
        """Tell whether there is a section of this kind with anything in it."""
        return any(part.kind == kind and part.lines for part in self.parts)


def find_sections(lines: Sequence[Line], ledger: Ledger) -> Sections:
    """Return the sections; headings are used, the table of contents is ignored."""
    return Sections(tuple(_Finder(lines, ledger).sections()))


class _Finder:
    def __init__(self, lines: Sequence[Line], ledger: Ledger) -> None:
        self._lines = lines
        self._ledger = ledger
        self._headings = [heading_of(line) for line in lines]
        self._contents = contents(lines, self._headings)
        self._parts = [Section("front")]
        self._requirements: Number | None = None
        self._last: tuple[int, ...] = ()
        self._tables: set[int] = set()
        self._seen: set[LevelName] = set()

    def sections(self) -> list[Section]:
        for at, line in enumerate(self._lines):
            if at in self._contents:
                self._ledger.ignore(line, "目次 table of contents")
                continue
            heading = self._headings[at]
            if heading and self._opens(at, heading):
                self._open(heading, line)
            else:
                if self._opens_requirements(line):
                    self._pull_caption()
                elif self._goes_on(line):
                    self._parts.append(Section("requirements"))
                self._parts[-1].lines.append(line)
                if self._parts[-1].kind == "requirements":
                    self._note(line)
        return self._parts

    def _goes_on(self, line: Line) -> bool:
        """Tell what goes on with the requirements although a heading has ended them: it stood in the wrong place."""
        kind = self._parts[-1].kind
        if kind == "bibliography" and is_stray_requirement(line):
            return True
        if kind not in (*_ENDS_REQUIREMENTS, "other") or not self._seen:
            return False
        caption = read_caption(line, "")
        if caption or line.table in self._tables:
            return line.table in self._tables or (caption is not None and caption.level not in self._seen)
        *outer, area, task, last = self._last or (0, 0, 0)
        following = ((*outer, area, task, last + 1), (*outer, area, task + 1, 1))
        return clauses_of(line)[:1] in ([clause] for clause in following)

    def _note(self, line: Line) -> None:
        """Note what of the requirements has been seen, so that more of the same is known for what it is."""
        self._last = (clauses_of(line) or [self._last])[-1]
        if line.table is not None:
            self._tables.add(line.table)
        if caption := read_caption(line, ""):
            self._seen.add(caption.level)

    def _open(self, heading: Heading, line: Line) -> None:
        self._ledger.use(line, f"标题 heading: {heading.kind}")
        if heading.kind == "requirements" and self._requirements is None:
            self._requirements = heading.number
        self._parts.append(Section(heading.kind, heading.clause, line))

    def _opens(self, at: int, heading: Heading) -> bool:
        """Tell a heading from a wrapped line or a header's word that reads like one."""
        inside = self._parts[-1].kind
        if self._is_clause(heading):
            return False
        if inside in _BEFORE_ALL and not heading.number and fold(self._lines[at].text).endswith("标准"):
            return False  # the end of a title that runs over two lines
        if inside in ("requirements", "levels") and not (heading.is_marked or heading.number):
            before = self._lines[at - 1]
            whole = before.cells is not None or has_ended(tidy(before.text)) or len(tidy(before.text)) < _LONGEST // 2
            whole = whole or self._begins_entries(at, heading)
            ends_levels = inside == "levels" and heading.kind == "requirements"
            return whole and (ends_levels or heading.kind not in ("requirements", "other", "terms", "scope"))
        if inside == "requirements" and heading.kind == "other":
            return self._is_next_section(heading)
        if inside == "requirements":
            return heading.kind in (*_ENDS_REQUIREMENTS, "levels", "requirements", "posts", "majors")
        return heading.kind != "other" or (self._requirements is not None and self._is_next_section(heading))

    def _begins_entries(self, at: int, heading: Heading) -> bool:
        """Tell the bibliography by its entries, or by there being no other, although the line before has not ended."""
        following = self._lines[at + 1].text if at + 1 < len(self._lines) else ""
        last = max(place for place, each in enumerate(self._headings) if each and each.kind == heading.kind)
        is_end = at == last and not any(map(is_stray_requirement, self._lines[at + 1 :]))
        return heading.kind == "bibliography" and (_ENTRY.match(following) is not None or is_end)

    def _is_clause(self, heading: Heading) -> bool:
        """Tell a clause of the section itself: a term 3.2 may be called 职业技能要求."""
        section, number = self._parts[-1], heading.number
        if number is None or number.depth == 1 or section.kind in ("requirements", "levels", "front", "contents"):
            return False
        return section.clause == str(number.parts[0])

    def _is_next_section(self, heading: Heading) -> bool:
        own = self._requirements
        return bool(own and heading.number and heading.number.depth == 1 and heading.number.last == own.parts[0] + 1)

    def _opens_requirements(self, line: Line) -> bool:
        """Tell a requirement table where no heading announced one."""
        kind = self._parts[-1].kind
        if kind == "requirements" or kind in _WITHOUT_TABLES:
            return False
        if line.cells is not None:
            columns = header_columns(line.cells) or ()
            return "requirement" in columns and ("task" in columns or "area" in columns)
        return header_words(tidy(line.text)) or (kind == "levels" and self._is_caption_of_requirements(line))

    def _is_caption_of_requirements(self, line: Line) -> bool:
        """Tell 表 1 …（初级）, or 6.2 初级 after 6.1 职业技能等级划分, from the description of a level."""
        caption = read_caption(line, "")
        if caption is None or caption.number is None or not caption.number.is_dotted:
            return caption is not None and is_table_title(tidy(line.text))
        clause = self._parts[-1].clause or ""
        return "." in clause and caption.number.depth > 1 and caption.clause.split(".")[:2] != clause.split(".")[:2]

    def _pull_caption(self) -> None:
        """Open the requirements, with the caption that stands just above their table."""
        section = Section("requirements")
        before = self._parts[-1].lines
        while before and (read_caption(before[-1], "") or is_table_title(tidy(before[-1].text))):
            section.lines.insert(0, before.pop())
        self._parts.append(section)
