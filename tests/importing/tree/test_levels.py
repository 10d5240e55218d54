"""Where one level ends and the next begins."""

import pytest

from kaozheng.importing.document import Line
from kaozheng.importing.tree.captions import read_caption
from kaozheng.importing.tree.numbers import read_number
from tests.importing.tree.documents import HEAD, doubts, read, tree

HEADER = "工作领域|工作任务|职业技能要求"
JUNIOR, MIDDLE, SENIOR = (f"1. {area}|1.1 {area}作业|1.1.1 能{area}。" for area in ("播种", "育苗", "销售"))
ALL = [
    f"{level} {words}"
    for level, area in (("j", "播种"), ("i", "育苗"), ("s", "销售"))
    for words in (f"1 {area}", f"1.1 {area}作业", f"1.1.1 能{area}。")
]


@pytest.mark.parametrize(
    "caption",
    [
        "表 1 智慧农场管理职业技能等级要求（初级）",
        "表1-1 智慧农场管理职业技能等级要求(初 级)",
        "续表 1 智慧农场（初级）",
        "6.2.1 初级",
        "## 初级",
        "（一）初级",
        "三、初级",
        "初级：",
        "【智慧农场管理】（初级）",
        "智慧农场管理初级",
        "6.1 智慧农场管理初级职业技能等级描述",
        "初级职业技能要求",
        "智慧农场管理（初级）",
    ],
)
def test_captions_name_the_level(caption: str):
    found = read_caption(Line(number=1, text=caption), "智慧农场管理")
    assert found is not None
    assert found.level == "junior"


@pytest.mark.parametrize(
    "text",
    [
        "能指导初级人员完成上述工作",
        "能区分高级与中级岗位的工作任务",
        "初级、中级",
        "高级别涵盖低级别职业技能要求",
        "五级¶初级工",
        "表1 智慧农场管理职业技能等级要求",
        "高级语言程序设计",
        "2.1 高级农场管理",
        "【智慧农场管理】（初级）：能种菜。",
    ],
)
def test_other_lines_that_name_levels_are_no_captions(text: str):
    assert read_caption(Line(number=1, text=text), "智慧农场管理") is None


def test_a_heading_inside_the_levels_own_is_a_unit():
    within = read_caption(Line(number=1, text="6.1 初级"), "智慧农场管理")
    assert read_caption(Line(number=2, text="6.1.1 初级农场管理技能"), "智慧农场管理", within) is None
    assert read_number("6.1.1 x")[0] is not None


@pytest.mark.parametrize(
    "text",
    [
        f"表1 （初级）\n{HEADER}\n{JUNIOR}\n表2 （中级）\n{HEADER}\n{MIDDLE}\n表3 （高级）\n{HEADER}\n{SENIOR}",
        f"{HEADER}\n{JUNIOR}\n表1 （初级）\n{HEADER}\n{MIDDLE}\n表2 （中级）\n{HEADER}\n{SENIOR}\n表3 （高级）",
        f"等级|{HEADER}\n初级|{JUNIOR}\n中级|{MIDDLE}\n高级|{SENIOR}",
        f"表1 （初级）|表1 （初级）|表1 （初级）\n{HEADER}\n{JUNIOR}\n中级||\n{MIDDLE}\n高级||\n{SENIOR}",
        f"表 1 农场技能要求\n（初级）\n{HEADER}\n{JUNIOR}\n表 2 要求（中级\n）\n{HEADER}\n{MIDDLE}\n高级\n{SENIOR}",
    ],
    ids=["above", "below", "column", "rows", "two lines"],
)
def test_levels_are_found_wherever_they_are_named(text: str):
    imported = read(text)
    assert tree(imported) == ALL
    assert doubts(imported) == []


def test_levels_that_nothing_names_are_told_by_their_order_and_doubted():
    imported = read(f"{HEADER}\n{JUNIOR}\n\n{HEADER}\n{MIDDLE}\n\n{HEADER}\n{SENIOR}")
    assert tree(imported) == ALL
    assert doubts(imported) == ["level-assumed"] * 3


def test_a_missing_caption_is_made_up_for_by_the_order():
    imported = read(f"（初级）\n{HEADER}\n{JUNIOR}\n\n{HEADER}\n{MIDDLE}\n（高级）\n{HEADER}\n{SENIOR}")
    assert tree(imported) == ALL
    assert doubts(imported) == ["level-assumed"]


def test_the_same_caption_again_goes_on_with_the_level():
    imported = read(f"表1 （初级）\n{HEADER}\n{JUNIOR}\n续表1 （初级）\n{HEADER}\n||1.1.2 能浇水。")
    assert tree(imported) == [*ALL[:3], "j 1.1.2 能浇水。"]


def test_areas_may_be_numbered_through_all_levels():
    imported = read(f"初级\n{HEADER}\n1. 甲|1.1 乙|1.1.1 能播种。\n中级\n{HEADER}\n2. 丙|2.1 丁|2.1.1 能育苗。")
    assert [line.split()[1] for line in tree(imported)] == ["1", "1.1", "1.1.1", "2", "2.1", "2.1.1"]
    assert doubts(imported) == []


def test_a_document_may_have_two_levels():
    imported = read(f"初级\n{HEADER}\n{JUNIOR}\n中级\n{HEADER}\n{MIDDLE}")
    assert tree(imported) == ALL[:6]
    assert [missing.what for missing in imported.report.missing if missing.code == "level-missing"] == [
        "没有高级的要求。"
    ]


def test_the_title_names_the_level_of_a_document_about_one():
    head = HEAD.replace("标准\n", "标准（中级）\n", 1)
    assert tree(read(f"{HEADER}\n{MIDDLE}", head=head)) == ALL[3:6]


def test_levels_may_be_sections_themselves():
    head = HEAD.replace("6.2 职业技能等级要求描述\n", "")
    text = "6.2 初级\n1. 播种\n1.1 播种作业\n1.1.1 能播种。\n6.3 中级\n1. 育苗\n1.1 育苗作业\n1.1.1 能育苗。"
    assert tree(read(text, head=head)) == ALL[:6]


def test_the_heading_of_the_requirements_may_name_the_standard():
    head = HEAD.replace("6.2 职业技能等级要求描述", "6.2 智慧农场管理职业技能等级要求")
    assert tree(read("6.2.1 初级\n1. 播种\n1.1 播种作业\n1.1.1 能播种。", head=head)) == ALL[:3]
