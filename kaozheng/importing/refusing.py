"""Says why a document is no skill standard of this layout, as precisely as can be told."""

from collections.abc import Sequence

from kaozheng.importing.document import Document, Line
from kaozheng.importing.errors import NotAStandard
from kaozheng.importing.sections import Sections
from kaozheng.importing.tree.captions import names_other_levels
from kaozheng.importing.tree.levels import LevelTree


def refuse_empty(document: Document, lines: Sequence[Line]) -> None:
    """Raise `NotAStandard` if nothing is left of the document."""
    if not lines:
        raise NotAStandard(
            file=document.name,
            reason_zh="除去页码、页眉和网站文字后没有内容。",
            reason_en="nothing is left of it without page numbers, running heads and notices.",
        )


def refuse_other_levels(document: Document, trees: Sequence[LevelTree]) -> None:
    """Raise `NotAStandard` for a national occupational standard: its captions name five levels, and none of ours."""
    captioned = any(tree.caption for tree in trees)
    if not captioned and any(names_other_levels(line.text) for line in document.lines):
        raise NotAStandard(
            file=document.name,
            reason_zh="它按“五级/初级工”至“一级/高级技师”分级，是国家职业技能标准的体例，不是初级、中级、高级三级的职业技能等级标准。",
            reason_en="it has the five levels of a national occupational standard, not 初级, 中级 and 高级.",
        )


def refuse_without_requirements(document: Document, sections: Sections, trees: Sequence[LevelTree]) -> None:
    """Raise `NotAStandard` if no level has any requirement."""
    if any(task.children for tree in trees for area in tree.areas for task in area.children):
        return
    if not sections.has("requirements"):
        zh = "没有“职业技能要求”一章，也没有“工作领域、工作任务、职业技能要求”的表。"
        en = "it has neither a section 职业技能要求 nor a table of 工作领域, 工作任务 and 职业技能要求."
    elif not trees:
        zh = "“职业技能要求”一章里没有写明初级、中级或高级，也没有可以辨认的要求表。"
        en = "its section 职业技能要求 names none of the levels 初级, 中级, 高级 and has no table of requirements."
    else:
        levels = "、".join(tree.level for tree in trees)
        zh = f"写有等级（{levels}），但没有读出任何一条技能要求。"
        en = f"it names levels ({levels}), but not a single requirement was found under them."
    raise NotAStandard(file=document.name, reason_zh=zh, reason_en=en)
