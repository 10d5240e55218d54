"""Small documents around the requirements of a test, and what is read from them in few words."""

from kaozheng.importing.assemble import Imported, understand
from kaozheng.importing.document import Document, Line

HEAD = """智慧农场管理职业技能等级标准
前言
本标准起草单位：青禾教育科技有限公司。
1 范围
本标准规定了智慧农场管理的职业技能要求。
6 职业技能要求
6.1 职业技能等级划分
智慧农场管理职业技能等级分为三个等级：初级、中级、高级，依次递进，高级别涵盖低级别职业技能要求。
6.2 职业技能等级要求描述
"""
TAIL = "\n参考文献\n[1] 某书."


def document(text: str, *, head: str = HEAD, tail: str = TAIL) -> Document:
    """Return a document: `|` parts cells, `¶` paragraphs in them, a blank line ends a table."""
    lines: list[Line] = []
    table, inside = 0, False
    for number, raw in enumerate(f"{head}{text}{tail}".split("\n"), 1):
        is_row = "|" in raw
        table += is_row and not inside
        inside = is_row
        if is_row:
            cells = tuple(cell.strip().replace("¶", "\n") for cell in raw.split("|"))
            lines.append(Line(number=number, text=raw, cells=cells, table=table))
        elif raw.strip():
            lines.append(Line(number=number, text=raw.strip()))
    return Document(name="农场.txt", kind="text", lines=tuple(lines))


def read(text: str, *, head: str = HEAD, tail: str = TAIL) -> Imported:
    """Import a document around a text."""
    return understand(document(text, head=head, tail=tail), code="made")


def tree(imported: Imported) -> list[str]:
    """Return the tree as lines: the level's first letter, the clause, the words."""
    found = []
    for level in imported.standard.levels:
        for unit in level.units:
            found.append(f"{level.level[0]} {unit.clause} {unit.title}")
            for task in unit.tasks:
                if not task.code.endswith(":requirements"):
                    found.append(f"{level.level[0]} {task.clause} {task.title}")
                found += [f"{level.level[0]} {each.clause} {each.description}" for each in task.requirements]
    return found


def doubts(imported: Imported) -> list[str]:
    """Return the codes of the doubts in order."""
    return [doubt.code for doubt in imported.report.doubts]
