"""Tables of requirements in the shapes in which publishers and converters leave them."""

import pytest

from tests.importing.tree.documents import doubts, read, tree

HEADER = "工作领域|工作任务|职业技能要求\n"
FARM = [
    "j 1 大棚管理",
    "j 1.1 巡棚",
    "j 1.1.1 能检查大棚。",
    "j 1.1.2 能记录温度。",
    "j 1.2 通风",
    "j 1.2.1 能开窗。",
    "j 2 采收",
    "j 2.1 采摘",
    "j 2.1.1 能采摘番茄。",
]
#: Each of these says the same.
SHAPES = {
    "merged cells": """1. 大棚管理|1.1 巡棚|1.1.1 能检查大棚。¶1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "one row each": """1. 大棚管理|1.1 巡棚|1.1.1 能检查大棚。
||1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "repeated cells": """1. 大棚管理|1.1 巡棚|1.1.1 能检查大棚。
1. 大棚管理|1.1 巡棚|1.1.2 能记录温度。
1. 大棚管理（续）|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "no breaks in cells": """1. 大棚管理|1.1 巡棚|1.1.1 能检查大棚。 1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "glued numbers": """1.大棚管理|1.1巡棚|1.1.1能检查大棚。1.1.2能记录温度。
|1.2通风|1.2.1能开窗。
2.采收|2.1采摘|2.1.1能采摘番茄。""",
    "wide numbers": """１．大棚管理|１．１巡棚|１．１．１ 能检查大棚。¶１．１．２ 能记录温度。
|１．２通风|１．２．１ 能开窗。
２．采收|２．１采摘|２．１．１ 能采摘番茄。""",
    "dots and commas after numbers": """1、大棚管理|1.1. 巡棚|1.1.1. 能检查大棚。¶1.1.2、能记录温度。
|1.2 、通风|1.2.1：能开窗。
2、采收|2.1. 采摘|2.1. 1 能采摘番茄。""",
    "dashes in numbers": """1 大棚管理|1-1 巡棚|1-1-1 能检查大棚。¶1-1-2 能记录温度。
|1-2 通风|1-2-1 能开窗。
2 采收|2-1 采摘|2-1-1 能采摘番茄。""",
    "Chinese area numbers": """一、大棚管理|1.1 巡棚|1.1.1 能检查大棚。¶1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
二、采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "areas without numbers": """大棚管理|1.1 巡棚|1.1.1 能检查大棚。¶1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "only requirements numbered": """大棚管理|巡棚|1.1.1 能检查大棚。¶1.1.2 能记录温度。
|通风|1.2.1 能开窗。
采收|采摘|2.1.1 能采摘番茄。""",
    "numbers within tasks": """1. 大棚管理|1.1 巡棚|（1）能检查大棚。（2）能记录温度。
|1.2 通风|（1）能开窗。
2. 采收|2.1 采摘|（1）能采摘番茄。""",
    "circled numbers": """1. 大棚管理|1.1 巡棚|①能检查大棚。¶②能记录温度。
|1.2 通风|①能开窗。
2. 采收|2.1 采摘|①能采摘番茄。""",
    "numbers that begin again everywhere": """一、大棚管理|（一）巡棚|1.能检查大棚。¶2.能记录温度。
|（二）通风|1.能开窗。
二、采收|（一）采摘|1.能采摘番茄。""",
    "upright area cells": """1.大¶棚¶管理|1.1¶巡棚|1.1.1¶能检查大棚。¶1.1.2¶能记录温度。
|1.2¶通风|1.2.1¶能开窗。
2.¶采收|2.1¶采摘|2.1.1¶能采摘番茄。""",
    "titles cut by a page break": """1. 大棚管|1.1 巡棚|1.1.1 能检查大棚。¶1.1.2 能记录温度。
理|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "an upright title cut by a page break": """1./大/棚|1.1 巡棚|1.1.1 能检查大棚。
管|||
理||1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""".replace("|||", "||").replace("/", "¶"),
    "a sentence cut by a page break": """1. 大棚管理|1.1 巡棚|1.1.1 能检查
工作领域|工作任务|职业技能要求
||大棚。¶1.1.2 能记录温度。
|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "several tasks in a cell": """1. 大棚管理|1.1 巡棚¶1.2 通风|1.1.1 能检查大棚。¶1.1.2 能记录温度。¶1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
    "titles below their requirements": """||1.1.1 能检查大棚。
|1.1 巡棚|1.1.2 能记录温度。
1. 大棚管理|1.2 通风|1.2.1 能开窗。
2. 采收|2.1 采摘|2.1.1 能采摘番茄。""",
}


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_says_the_same(shape: str):
    imported = read(f"表 1 智慧农场管理职业技能等级要求（初级）\n{HEADER}{SHAPES[shape]}")
    assert tree(imported) == FARM
    assert doubts(imported) == []


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("职业功能|工作内容|技能要求|相关知识要求", "1. 采收|1.1 采摘|1.1.1 能采摘。|1.1.1 采摘知识"),
        ("序号|工作领域|工作任务|职业技能要求|备注", "1|采收|1.1 采摘|1.1.1 能采摘。|重点"),
        ("工作 领域|工作¶任务|职业技能等级要求", "1. 采收|1.1 采摘|1.1.1 能采摘。"),
        ("工作领域|工作任务|职业技能要求", "1.|采收|1.1|采摘|1.1.1|能采摘。"),
        ("工作模块|典型工作任务|职业能力要求", "1. 采收|1.1 采摘|1.1.1 能采摘。"),
    ],
)
def test_columns_are_told_by_their_names(header: str, row: str):
    assert tree(read(f"初级\n{header}\n{row}")) == ["j 1 采收", "j 1.1 采摘", "j 1.1.1 能采摘。"]


def test_a_table_without_header_is_told_by_its_numbers():
    assert tree(read("初级\n" + SHAPES["merged cells"])) == FARM


def test_two_columns_have_no_tasks_between_them():
    imported = read("初级\n职业技能|技能要求\n1. 识图|（1）掌握制图标准；（2）能识图。\n2. 建模|2.1 能建模；")
    assert tree(imported) == ["j 1 识图", "j 1.1 掌握制图标准；", "j 1.2 能识图。", "j 2 建模", "j 2.1 能建模；"]
    task = imported.standard.level("junior").units[0].tasks[0]
    assert (task.code, task.clause, task.title) == ("made:junior:1:requirements", "1", "识图")


def test_requirements_without_numbers_are_numbered_in_order_and_doubted():
    imported = read(f"初级\n{HEADER}1. 采收|1.1 采摘|能采摘番茄；能分级装箱。了解保鲜方法。")
    assert tree(imported)[2:] == ["j 1.1.1 能采摘番茄；", "j 1.1.2 能分级装箱。", "j 1.1.3 了解保鲜方法。"]
    assert doubts(imported) == ["number-assigned"] * 3


def test_paragraphs_without_numbers_stay_whole():
    imported = read(f"初级\n{HEADER}1. 采收|1.1 采摘|能采摘番茄。能采摘黄瓜。¶能分级装箱。")
    assert tree(imported)[2:] == ["j 1.1.1 能采摘番茄。能采摘黄瓜。", "j 1.1.2 能分级装箱。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "能按 GB/T 1.1.2 编写说明",
        "能使用 Python 3.6.1 版本编程",
        "能按照 1.1.2 的规定操作",
        "能访问 192.168.1.1 并登录",
        "能在 2020.1.2 前完成",
        "能完成：（1）拍照；（2）上传",
        "能将 1.5 kg 原料分为 3 份",
        "能说明：1.1.1.1 薄膜，1.1.1.2 支架",
    ],
)
def test_numbers_inside_sentences_part_nothing(sentence: str):
    imported = read(f"初级\n{HEADER}1. 大棚管理|1.1 巡棚|1.1.1 {sentence}。1.1.2 能记录温度。")
    assert tree(imported)[2:] == [f"j 1.1.1 {sentence}。", "j 1.1.2 能记录温度。"]


def test_items_without_full_stops_are_parted_by_their_numbers():
    imported = read(f"初级\n{HEADER}1.采收|1.1采摘|1.1.1能采摘 1.1.2 使用 Photoshop 1.1.3 能修图1.1.4装箱")
    assert tree(imported)[2:] == ["j 1.1.1 能采摘", "j 1.1.2 使用 Photoshop", "j 1.1.3 能修图", "j 1.1.4 装箱"]
    assert doubts(imported) == ["split-uncertain"]


def test_an_empty_task_is_left_out_with_a_doubt():
    imported = read(f"初级\n{HEADER}1. 采收|1.1 采摘|1.1.1 能采摘。\n|1.2 分级|")
    assert tree(imported) == ["j 1 采收", "j 1.1 采摘", "j 1.1.1 能采摘。"]
    assert doubts(imported) == ["task-empty"]


def test_numbers_within_tasks_are_completed_and_counted():
    found = read("初级\n" + HEADER + SHAPES["numbers within tasks"]).report.found
    assert [each.count for each in found if each.what_en == "numbers completed from their task's"] == [4]


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        (
            "大棚管理|1.1 能检查大棚。\n采收|2.1 能采摘。",
            ["j 1 大棚管理", "j 1.1 能检查大棚。", "j 2 采收", "j 2.1 能采摘。"],
        ),
        (
            "工作领域一：大棚管理|\n1.1 巡棚|1.1.1 能检查大棚。\n工作领域二：采收|\n2.1 采摘|2.1.1 能采摘。",
            ["j 1 大棚管理", "j 1.1 巡棚", "j 1.1.1 能检查大棚。", "j 2 采收", "j 2.1 采摘", "j 2.1.1 能采摘。"],
        ),
    ],
    ids=["areas in the column of tasks", "areas over the whole width"],
)
def test_a_table_without_a_column_of_areas(rows: str, expected: list[str]):
    assert tree(read(f"初级\n工作任务|职业技能要求\n{rows}")) == expected
