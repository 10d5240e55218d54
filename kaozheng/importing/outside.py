"""Accounts for what lies outside of the sections that the schema knows, and for requirements that strayed there."""

import re

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.section_names import SectionKind
from kaozheng.importing.sections import Section, Sections
from kaozheng.importing.strays import is_stray_requirement
from kaozheng.importing.wording import tidy

_OUTSIDE: tuple[SectionKind, ...] = ("bibliography", "appendix", "other")
_ENTRY = re.compile(r"(?:19|20)\d\d|[\[《]|出版|http")


def account_for_rest(sections: Sections, ledger: Ledger) -> None:
    """Ignore what the schema has no place for, but doubt what looks like requirements, and what stands among them."""
    for section in sections.parts:
        strays = [line for line in section.lines if _is_stray(line, section)]
        for line in strays:
            zh = "这一行像技能要求，但在要求一章之外，未收入。"
            ledger.doubt(line, "outside-requirements", zh, "Like a requirement, but outside their section; left out.")
        for line in section.lines if section.kind in _OUTSIDE else ():
            if not strays or _ENTRY.search(tidy(line.text)):
                ledger.ignore(line, "要求以外的部分 outside the schema")


def _is_stray(line: Line, section: Section) -> bool:
    if section.kind == "requirements":
        return False
    return is_stray_requirement(line, section.clause, section.kind) or _is_sentence_among_entries(line, section.kind)


def _is_sentence_among_entries(line: Line, kind: SectionKind) -> bool:
    text = tidy(line.text)
    return kind == "bibliography" and re.search("[。；;]", text) is not None and not _ENTRY.search(text)
