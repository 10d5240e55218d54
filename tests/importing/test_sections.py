"""Sections are found by their headings, whatever these look like and whatever surrounds them."""

import pytest

from kaozheng.importing.document import Line
from kaozheng.importing.noise import without_noise
from kaozheng.importing.reflow import reflowed
from kaozheng.importing.report import Ledger
from kaozheng.importing.section_names import section_named
from kaozheng.importing.sections import Sections, find_sections
from kaozheng.importing.wording import fold
from tests.importing.tree.documents import HEAD, read, tree


def sections(text: str) -> Sections:
    """Return the sections of a text, after noise is taken out and lines are broken."""
    lines = [Line(number=at, text=raw.strip()) for at, raw in enumerate(text.split("\n"), 1) if raw.strip()]
    ledger = Ledger(lines)
    return find_sections(reflowed(without_noise(lines, ledger)), ledger)


def kinds(text: str) -> list[str]:
    """Return kind, clause and number of lines of each section with any."""
    return [f"{part.kind} {part.clause or '-'} {len(part.lines)}" for part in sections(text).parts if part.lines]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("目  次", "contents"),
        ("前 言", "foreword"),
        ("范围", "scope"),
        ("规范性引用文件", "references"),
        ("术语和定义", "terms"),
        ("术语与定义", "terms"),
        ("术语、定义和缩略语", "terms"),
        ("对应院校专业", "majors"),
        ("面向院校专业领域", "majors"),
        ("适用院校专业", "majors"),
        ("面向工作岗位（群）", "posts"),
        ("面向职业岗位(群)", "posts"),
        ("职业技能分类", "categories"),
        ("职业技能等级划分", "levels"),
        ("职业技能等级", "levels"),
        ("职业技能要求", "requirements"),
        ("职业技能等级要求描述", "requirements"),
        ("参考文献", "bibliography"),
        ("附录 A（资料性附录）考核样题", "appendix"),
        ("大棚管理", None),
        ("附录 A 的格式", None),
        ("第 3 章的术语和定义。", None),
    ],
)
def test_names_of_sections(name: str, kind: str | None):
    assert section_named(fold(name)) == kind


BODY = """某某职业技能等级标准
{}范围
本标准规定了要求。
{}术语和定义
下列术语适用。
{}职业技能要求
{}职业技能等级划分
分为三级。
{}职业技能等级要求描述
表 1 要求（初级）
参考文献
[1] 某书"""


@pytest.mark.parametrize(
    "marks",
    [
        ("1 ", "3 ", "6 ", "6.1 ", "6.2 "),
        ("## 1 ", "## 3 ", "## 6 ", "### 6.1 ", "## 6.2 "),
        ("**1** ", "**3** ", "**6** ", "**6.1** ", "**6.2** "),
        ("1.", "3.", "6.", "6.1.", "6.2."),
        ("一、", "三、", "六、", "（一）", "（二）"),
        ("第一章 ", "第三章 ", "第六章 ", "一、", "二、"),
        ("", "", "", "", ""),
    ],
)
def test_headings_may_be_numbered_in_any_way(marks: tuple[str, ...]):
    found = [line.split()[0] for line in kinds(BODY.format(*marks))]
    assert found == ["front", "scope", "terms", "levels", "requirements", "bibliography"]


@pytest.mark.parametrize(
    "contents",
    [
        "目 次\n前言.....1\n1 范围.....2\n3 术语和定义…………2\n6 职业技能要求·····4\n参考文献.....9\n",
        "目录\n1 范围 2\n3 术语和定义 2\n6 职业技能要求 4\n6.1 职业技能等级划分 4\n参考文献 9\n",
        "# 目 次\n1 范围\n3 术语和定义\n6 职业技能要求\n参考文献\n",
        "1 范围........2\n3 术语和定义........2\n6 职业技能要求........4\n",
        "1 范围\n3 术语和定义\n6 职业技能要求\n参考文献\n",
    ],
)
def test_a_table_of_contents_is_skipped(contents: str):
    plain = BODY.format("1 ", "3 ", "6 ", "6.1 ", "6.2 ")
    title, rest = plain.split("\n", 1)
    assert kinds(f"{title}\n{contents}{rest}") == kinds(plain)


def test_wrapped_lines_that_read_like_headings_are_none():
    wrapped = "1.1.1 能引用有关农场管理的各种书籍和\n参考文献\n并标明。\n参考文献\n"
    text = BODY.format("1 ", "3 ", "6 ", "6.1 ", "6.2 ").replace("参考文献\n", wrapped)
    assert [line.split()[0] for line in kinds(text)][-2:] == ["requirements", "bibliography"]
    assert "requirements 6.2 4" in kinds(text)


def test_a_requirement_table_needs_no_heading():
    head = "智慧农场管理职业技能等级标准\n1 范围\n本标准规定了要求。\n"
    imported = read("表1 （初级）\n工作领域|工作任务|职业技能要求\n1. 甲|1.1 乙|1.1.1 能种菜。", head=head)
    assert tree(imported) == ["j 1 甲", "j 1.1 乙", "j 1.1.1 能种菜。"]


def test_tables_of_an_appendix_are_no_requirements():
    header = "工作领域|工作任务|职业技能要求\n"
    text = f"初级\n{header}1. 甲|1.1 乙|1.1.1 能种菜。\n附录A（资料性附录）\n{header}2. 丙|2.1 丁|2.1.1 能浇水。"
    assert tree(read(text)) == ["j 1 甲", "j 1.1 乙", "j 1.1.1 能种菜。"]


def test_a_requirement_in_another_section_is_doubted():
    head = HEAD.replace("本标准规定了", "1.1.2 能浇水。\n本标准规定了").replace("1 范围", "2 范围")
    imported = read("初级\n1. 甲\n1.1 乙\n1.1.1 能种菜。", head=head)
    assert "outside-requirements" in [doubt.code for doubt in imported.report.doubts]


def test_requirements_go_on_below_a_misplaced_bibliography():
    imported = read("初级\n1. 甲\n1.1 乙\n1.1.1 能种菜。", tail="\n参考文献\n1.1.2 能浇水。\n[1] 某书.")
    assert tree(imported)[2] == "j 1.1.1 能种菜。"
    assert tree(imported)[3].startswith("j 1.1.2 能浇水。")


def test_requirements_go_on_below_a_misplaced_appendix():
    imported = read("初级\n1. 甲\n1.1 乙\n1.1.1 能种菜。\n附录A（资料性附录）\n1.1.2 能浇水。\n1.1.3 能除草。")
    assert tree(imported)[2:] == ["j 1.1.1 能种菜。", "j 1.1.2 能浇水。", "j 1.1.3 能除草。"]


def test_a_document_on_one_line_is_broken_into_its_sections():
    line = (
        "2 T/NC 0001-2023 某某人员职业技能等级标准 1 范围 本文件规定了要求,适用于培训。 3 术语与定义 3.1 农场 Farm "
        "种菜的 3 T/NC 0001-2023 地方。 3.2 大棚 Greenhouse 有薄膜的地方。 5 职业技能等级 分为三级。 a)初级:能种菜。 "
        "b)中级:能育苗。 6 职业技能等级要求描述 6.1 某某初级职业技能等级描述 能种菜和浇水,按规程完成工作。 "
        "6.1.1 初级种菜技能 A.能播种; B.能除草。 6.1.2 初级浇水技能 A. 能开水泵; B.能关水泵。"
    )
    found = sections(line)
    assert [line.text for line in found.lines("front")] == ["T/NC 0001-2023 某某人员职业技能等级标准"]
    assert [line.text for line in found.lines("terms")] == [
        "3.1 农场 Farm 种菜的  地方。",
        "3.2 大棚 Greenhouse 有薄膜的地方。",
    ]
    assert [line.text.split()[0] for line in found.lines("requirements")] == [
        "6.1", "能种菜和浇水,按规程完成工作。", "6.1.1", "A.能播种;", "B.能除草。", "6.1.2", "A.", "B.能关水泵。",
    ]  # fmt: skip


NOISE = [
    "- 3 -",
    "第 3 页 共 10 页",
    "3/10",
    "Ⅱ",
    "12",
    "原创力文档 max.book118.com",
]


@pytest.mark.parametrize("noise", NOISE)
def test_noise_between_requirements_is_ignored(noise: str):
    imported = read(f"初级\n1. 甲\n1.1 乙\n1.1.1 能种菜，\n{noise}\n并浇水。\n1.1.2 能除草。")
    assert tree(imported)[2:] == ["j 1.1.1 能种菜，并浇水。", "j 1.1.2 能除草。"]
    assert [reading.fate for reading in imported.report.readings if reading.text == noise] == ["ignored"]


def test_running_heads_are_ignored_but_the_title_is_kept():
    head = "智慧农场管理职业技能等级标准"
    imported = read(f"初级\n1. 甲\n1.1 乙\n1.1.1 能种菜，\n{head}\n并浇水。\n7\n{head}\n1.1.2 能除草。")
    assert imported.standard.title == head
    assert tree(imported)[2:] == ["j 1.1.1 能种菜，并浇水。", "j 1.1.2 能除草。"]


def test_notices_below_the_document_are_ignored():
    tail = "\n您可能关注的文档\n某某计划书\n文档评论\n该用户很懒"
    imported = read("初级\n1. 甲\n1.1 乙\n1.1.1 能种菜。", tail=tail)
    assert {reading.fate for reading in imported.report.readings[-4:]} == {"ignored"}
