"""Requirements outside of tables: rows on one line, items on lines, headings, labels."""

import pytest

from tests.importing.tree.documents import doubts, read, tree
from tests.importing.tree.test_tables import FARM

LAYOUTS = {
    "rows on a line": """1. 大棚管理 1.1 巡棚 1.1.1 能检查大棚。1.1.2 能记录温度。
1.2 通风 1.2.1 能开窗。
2. 采收 2.1 采摘 2.1.1 能采摘番茄。""",
    "all on a line": "1. 大棚管理 1.1 巡棚 1.1.1 能检查大棚。 1.1.2 能记录温度。 1.2 通风 1.2.1 能开窗。 "
    "2. 采收 2.1 采摘 2.1.1 能采摘番茄。",
    "nothing between the cells": "工作领域工作任务职业技能要求1.大棚管理1.1巡棚1.1.1能检查大棚。1.1.2能记录温度。"
    "1.2通风1.2.1能开窗。2.采收2.1采摘2.1.1能采摘番茄。",
    "items on lines, wrapped": """工作领域
工作任务
职业技能要求
1. 大棚
管理
1.1 巡棚
1.1.1 能检查
大棚。
1.1.2 能记录温度。
1.2 通风
1.2.1 能开窗。
2.采收
2.1采摘
2.1.1能采摘番茄。""",
    "numbers on lines of their own": """1
大棚管理
1.1
巡棚
1.1.1
能检查大棚。
1.1.2
能记录温度。
1.2
通风
1.2.1
能开窗。
2
采收
2.1
采摘
2.1.1
能采摘番茄。""",
    "titles without numbers": """大棚管理
巡棚
1.1.1 能检查大棚。
1.1.2 能记录温度。
通风
1.2.1 能开窗。
采收
采摘
2.1.1 能采摘番茄。""",
    "labels": """工作领域1：大棚管理
工作任务1.1：巡棚
职业技能要求：
1.1.1 能检查大棚。
1.1.2 能记录温度。
工作任务 1.2 通风
职业技能要求
（1）能开窗。
工作领域二：采收
工作任务1：采摘
技能要求：（1）能采摘番茄。""",
    "Markdown headings": """#### 1 大棚管理
##### 1.1 巡棚
1) 能检查大棚。
2) 能记录温度。
##### 1.2 通风
1) 能开窗。
#### 2 采收
##### 2.1 采摘
1) 能采摘番茄。""",
    "Chinese numbers": """一、大棚管理
（一）巡棚
1. 能检查大棚。
2. 能记录温度。
（二）通风
1. 能开窗。
二、采收
（一）采摘
1. 能采摘番茄。""",
    "titles between their requirements": """1.1.1 能检查大棚。
1.1 巡棚
1.1.2 能记录温度。
1.大棚管理
1.2 通风
1.2.1 能开窗。
2.采收
2.1 采摘
2.1.1 能采摘番茄。""",
    "columns drawn with spaces": """1. 大棚    1.1 巡棚    1.1.1 能检查大棚。
管理      1.1 巡棚    1.1.2 能记录温度。
1.2 通风    1.2.1 能开窗。
2. 采收    2.1 采摘    2.1.1 能采摘番茄。""",
}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_every_layout_says_the_same(layout: str):
    assert tree(read(f"6.2.1 初级\n{LAYOUTS[layout]}")) == FARM


def test_bullets_are_requirements_without_numbers():
    imported = read("### 6.2.1 初级\n#### 1 采收\n##### 1.1 采摘\n- 能采摘番茄。\n- 能分级。")
    assert tree(imported) == ["j 1 采收", "j 1.1 采摘", "j 1.1.1 能采摘番茄。", "j 1.1.2 能分级。"]
    assert doubts(imported) == ["number-assigned"] * 2


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("6.1 初级\n6.1.1 采收\nA. 能采摘；\nB.能分级。", ["j 6.1.1 采收", "j A 能采摘；", "j B 能分级。"]),
        ("6.1 初级\n6.1.1 采收\n6.1.1.1 能采摘。", ["j 6.1.1 采收", "j 6.1.1.1 能采摘。"]),
        (
            "6.1 初级\n6.1.1 采收\n6.1.1.1 采摘\na) 能采摘番茄。",
            ["j 6.1.1 采收", "j 6.1.1.1 采摘", "j a 能采摘番茄。"],
        ),
    ],
)
def test_headings_below_the_levels_own_are_units(text: str, expected: list[str]):
    assert tree(read(text)) == expected


def test_wrapped_numbers_are_no_items():
    words = "1.1.1 能在每天早上根据订单采摘番茄和黄瓜，每箱装\n3 份。能使用分拣软件 Sorter\n3.6.1 记录重量。"
    assert tree(read(f"初级\n1. 采收\n1.1 采摘\n{words}"))[2:] == [
        "j 1.1.1 能在每天早上根据订单采摘番茄和黄瓜，每箱装3 份。能使用分拣软件 Sorter 3.6.1 记录重量。"
    ]


def test_a_text_that_belongs_nowhere_is_doubted_not_lost():
    imported = read("初级\n1. 采收\n1.1 采摘\n1.1.1 能采摘。\n风\n1.1.2 能分级。")
    assert tree(imported)[2:] == ["j 1.1.1 能采摘。", "j 1.1.2 能分级。"]
    assert [(doubt.code, doubt.excerpt) for doubt in imported.report.doubts] == [("not-placed", "风")]


def test_the_bibliography_begins_although_the_last_requirement_has_no_full_stop():
    imported = read("初级\n1. 采收\n1.1 采摘\n1.1.1 能在每天早上根据订单采摘番茄和黄瓜")
    assert tree(imported)[2:] == ["j 1.1.1 能在每天早上根据订单采摘番茄和黄瓜"]
