"""What the report says was found in a document, and what such a document should have and this one has not."""

from collections.abc import Iterator, Sequence

from kaozheng.importing.document import Document
from kaozheng.importing.levelling import TITLES
from kaozheng.importing.report import Doubt, Finding, Missing
from kaozheng.importing.section_names import SectionKind
from kaozheng.importing.sections import Sections
from kaozheng.importing.tree.levels import LevelTree
from kaozheng.importing.tree.nodes import Node
from shared.standards.codes import LEVELS
from shared.standards.model import SkillStandard

_SECTIONS: tuple[tuple[SectionKind, str, str], ...] = (
    ("scope", "范围", "scope"),
    ("references", "规范性引用文件", "normative references"),
    ("terms", "术语和定义", "terms and definitions"),
    ("majors", "对应院校专业", "majors"),
    ("posts", "面向工作岗位（群）", "posts"),
    ("levels", "职业技能等级划分", "division into levels"),
)


def found_in(standard: SkillStandard, trees: Sequence[LevelTree]) -> Iterator[Finding]:
    """Yield how many of everything were found, and how many numbers such as （1） were completed to 1.1.1."""
    for level in standard.levels:
        title, english = TITLES[level.level]
        tasks = [task for unit in level.units for task in unit.tasks]
        yield Finding(what=f"{title}工作领域", what_en=f"{english} units", count=len(level.units))
        yield Finding(what=f"{title}工作任务", what_en=f"{english} tasks", count=len(tasks))
        yield Finding(what=f"{title}技能要求", what_en=f"{english} requirements", count=len(level.requirements))
    yield Finding(what="术语", what_en="terms", count=len(standard.terms))
    yield Finding(what="规范性引用文件", what_en="normative references", count=len(standard.references))
    yield Finding(what="专业", what_en="majors", count=sum(len(each.majors) for each in standard.majors))
    posts = [post for level in standard.levels if level.posts for post in level.posts.posts]
    yield Finding(what="岗位", what_en="posts", count=len({post.title for post in posts}))
    if standard.categories:
        yield Finding(what="技能分类", what_en="skill categories", count=len(standard.categories))
    if completed := sum(1 for tree in trees for area in tree.areas for node in area.walk() if _is_completed(node)):
        yield Finding(what="按所在任务补全的编号", what_en="numbers completed from their task's", count=completed)


def _is_completed(node: Node) -> bool:
    return node.number is not None and not node.number.letter and node.clause.count(".") >= node.number.depth


def missing_in(standard: SkillStandard, sections: Sections, doubts: Sequence[Doubt]) -> Iterator[Missing]:
    """Yield what is missing."""
    for kind, name, english in _SECTIONS:
        if not sections.has(kind):
            yield Missing(code=f"{kind}-missing", what=f"没有“{name}”一章。", what_en=f"No section on {english}.")
    yield from _levels(standard)
    if standard.edition == "undated":
        yield Missing(code="edition-missing", what="没有写明版本或年份。", what_en="Neither year nor edition is given.")
    if count := sum(1 for title_en in _english_titles(standard) if not title_en):
        yield Missing(code="english-missing", what=f"{count} 处名称没有英文。", what_en=f"{count} titles lack English.")
    for doubt in doubts:
        if doubt.code == "number-gap":
            yield Missing(code="number-gap", what=doubt.reason, what_en=doubt.reason_en)


def pages_missing(document: Document) -> Iterator[Missing]:
    """Yield the pages of a PDF that hold no text, such as scans: what stands on them was not read."""
    for page in document.pages_without_text:
        yield Missing(
            code="page-without-text",
            what=f"第 {page} 页没有文字（可能是扫描图），其内容没有读入。",
            what_en=f"Page {page} holds no text (a scan, perhaps): its contents were not read.",
        )


def _levels(standard: SkillStandard) -> Iterator[Missing]:
    with_requirements = {level.level for level in standard.levels if level.requirements}
    for level in LEVELS:
        if level not in with_requirements:
            title, english = TITLES[level]
            yield Missing(code="level-missing", what=f"没有{title}的要求。", what_en=f"No requirements: {english}.")


def _english_titles(standard: SkillStandard) -> Iterator[str | None]:
    yield standard.title_en
    for level in standard.levels:
        for unit in level.units:
            yield unit.title_en
            yield from (task.title_en for task in unit.tasks)
