"""The importer as a whole: from a file to a validated standard with the account of how it was read."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kaozheng.importing.document import Document, Line
from kaozheng.importing.findings import found_in, missing_in, pages_missing
from kaozheng.importing.identity import Identity, identify, name_of, title_line
from kaozheng.importing.levelling import Levelling, broken_off
from kaozheng.importing.naming import title_elsewhere
from kaozheng.importing.noise import without_noise
from kaozheng.importing.outside import account_for_rest
from kaozheng.importing.preamble import (
    Heading,
    LevelTexts,
    read_categories,
    read_heading,
    read_levels,
    read_majors,
    read_posts,
    read_publisher,
    read_references,
    read_scope,
    read_terms,
)
from kaozheng.importing.reading import read_document
from kaozheng.importing.reflow import reflowed
from kaozheng.importing.refusing import refuse_empty, refuse_other_levels, refuse_without_requirements
from kaozheng.importing.report import Ledger, Report
from kaozheng.importing.sections import Sections, find_sections
from kaozheng.importing.tree.levels import LevelTree, level_trees
from kaozheng.importing.tree.numbers import read_number
from kaozheng.importing.wording import level_named, tidy
from shared.standards.catalogue import BUILT_IN, Catalogue
from shared.standards.model import SkillStandard
from shared.standards.preamble import Majors, SkillCategory


@dataclass(frozen=True)
class Imported:
    """A standard as read from a document, and the report on it."""

    standard: SkillStandard
    report: Report


def import_standard(
    path: Path, *, code: str | None = None, edition: str | None = None, catalogue: Catalogue = BUILT_IN
) -> Imported:
    """Read a file; raise `Unreadable` if it cannot be read, and `NotAStandard` if it is none."""
    return understand(read_document(path), code=code, edition=edition, catalogue=catalogue)


def understand(
    document: Document, *, code: str | None = None, edition: str | None = None, catalogue: Catalogue = BUILT_IN
) -> Imported:
    """Turn a document into a standard. A stored standard of its title or number lends its code and its English."""
    ledger = Ledger(document.lines)
    lines = reflowed(without_noise(document.lines, ledger))
    refuse_empty(document, lines)
    sections = find_sections(lines, ledger)
    heading = read_heading(sections.lines("front"), ledger)
    if heading.title is None:
        heading = replace(heading, title=title_elsewhere(lines, ledger))
    title = title_line([line.text for line in sections.lines("front")], document.name)
    identity = identify(heading, title, code, edition, catalogue)
    titled = level_named(title)
    trees, before = level_trees(sections.lines("requirements"), name_of(identity.title), ledger, titled)
    refuse_other_levels(document, trees)
    refuse_without_requirements(document, sections, trees)
    if identity.is_made_up:
        _doubt_code(lines[0], identity, ledger)
    standard = _standard(heading, identity, sections, (trees, before), ledger)
    account_for_rest(sections, ledger)
    doubts, readings = ledger.close()
    report = Report(
        file=document.name,
        found=tuple(found_in(standard, trees)),
        doubts=doubts,
        missing=(*missing_in(standard, sections, doubts), *pages_missing(document)),
        readings=readings,
    )
    return Imported(standard, report)


def _standard(
    heading: Heading,
    identity: Identity,
    sections: Sections,
    requirements: tuple[Sequence[LevelTree], Sequence[Line]],
    ledger: Ledger,
) -> SkillStandard:
    trees, before = requirements
    texts = _texts(sections, before, identity, ledger)
    categories = _categories(sections, texts, identity, ledger)
    goes_on = sections.has("bibliography") or sections.has("appendix") or sections.has("other")
    levelling = Levelling(
        identity=identity,
        texts=texts,
        categories=categories,
        posts=read_posts(sections.lines("posts"), ledger),
        ledger=ledger,
        clause=sections.clause("levels"),
        broken=None if goes_on else broken_off(trees, ledger),
    )
    translated = identity.translated
    stored = identity.stored if identity.stored and identity.stored.title == identity.title else None
    return SkillStandard(
        code=identity.code,
        title=identity.title,
        title_en=heading.title_en or (stored.title_en if stored else None),
        number=heading.number,
        edition=identity.edition,
        status="draft" if heading.draft else "published",
        publisher=read_publisher(sections.lines("front", "foreword"), ledger),
        scope=read_scope(sections.lines("scope"), ledger),
        references=tuple(map(translated, read_references(sections.lines("references"), ledger))),
        terms=tuple(map(translated, read_terms(sections.lines("terms"), ledger))),
        majors=_majors(sections, identity, ledger),
        categories=categories,
        inclusion=texts.inclusion,
        levels=levelling.levels(trees),
    )


def _texts(sections: Sections, before: Sequence[Line], identity: Identity, ledger: Ledger) -> LevelTexts:
    """Read the division into levels; without a section of its own it stands before the first level's requirements."""
    prose = [line for line in before if line.cells is None and not _is_item(line)]
    lines = sections.lines("levels")
    if lines:
        for line in prose:
            ledger.use(line, "要求的引言 introduction of the requirements")
    return read_levels(lines or prose, ledger, clause=sections.clause("levels"), known=identity.category_codes())


def _is_item(line: Line) -> bool:
    number = read_number(tidy(line.text))[0]
    return number is not None and number.depth > 1


def _categories(sections: Sections, texts: LevelTexts, identity: Identity, ledger: Ledger) -> tuple[SkillCategory, ...]:
    own = read_categories(sections.lines("categories"), ledger, known=identity.category_codes())
    return tuple(map(identity.translated, own or texts.categories))


def _majors(sections: Sections, identity: Identity, ledger: Ledger) -> tuple[Majors, ...]:
    found = read_majors(sections.lines("majors"), ledger)
    return tuple(each.model_copy(update={"majors": tuple(map(identity.translated, each.majors))}) for each in found)


def _doubt_code(line: Line, identity: Identity, ledger: Ledger) -> None:
    zh = f"文件没有编号，标准代码暂定为 {identity.code}；请用 --code 指定。"
    english = f"The document has no number; {identity.code} was made up for it. Please give one with --code."
    ledger.doubt(line, "code-assigned", zh, english)
