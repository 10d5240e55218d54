"""Whatever stands in a section: no reader raises, and no line is left unclaimed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kaozheng.importing.document import Line
from kaozheng.importing.preamble import (
    read_categories,
    read_heading,
    read_introduction,
    read_levels,
    read_majors,
    read_posts,
    read_publisher,
    read_references,
    read_scope,
    read_terms,
)
from kaozheng.importing.report import Ledger
from shared.standards.preamble import SkillCategory

READERS = [
    read_categories,
    read_heading,
    read_introduction,
    read_levels,
    read_majors,
    read_posts,
    read_publisher,
    read_references,
    read_scope,
    read_terms,
]
PRINTED = """
3.1 3．2 3.1.1 1、 （一） a) —— 【 】 （ ） ( ) 《 》 ： : 。 ； 、 ， 等 和 以及 的 无 初级 中级 高级 初、 （初级）
级 能 主要面向 企业 岗位 工作岗位 从事 GB/T 36311-2018 GB ISO/IEC 27001:2013 T/QHYY 0007-2022 要求 标准
职业技能等级标准 职业技能 分为如下几类： 三个等级 高级别涵盖低级别 依次递进 其中一项技能 申请 面试 实操考试 书面材料
理论 中等职业学校 高等职业学校 应用型本科学校 专业 参照 目录 起草单位： 起草人： 知识产权归属于 使用权归属于 制定
发布 2021年2.0版 2021年12月 标准代码：530701 本标准 本文件 术语和定义适用于本标准 下列文件 电子商务 E-commerce B2B
Data-based Operation ** # <p> </p> &nbsp; \u3000 \u200b ␣ 是指 注： [来源：
"""
WORDS = PRINTED.split()
TEXT = st.one_of(
    st.lists(st.sampled_from([*WORDS, " ", "\t", "\n"]), max_size=12).map("".join),
    st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    st.text(max_size=30),
    st.text(st.characters(exclude_categories=[]), max_size=30),  # lone surrogates too
)
ROWS = st.lists(TEXT, max_size=4).map(tuple)


@st.composite
def soup(draw: st.DrawFn) -> list[Line]:
    texts = draw(st.lists(TEXT, max_size=14))
    return [
        Line(number=number, text=text, cells=draw(st.none() | ROWS) if number % 5 == 0 else None)
        for number, text in enumerate(texts, start=1)
    ]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(lines=soup())
@settings(max_examples=150)
def test_no_line_is_lost(reader, lines):
    ledger = Ledger(lines)
    reader(lines, ledger)
    assert [line.text for line in lines if not ledger.claimed(line)] == []
    doubts, readings = ledger.close()
    assert len(readings) == len(lines)
    assert all(doubt.reason and doubt.reason_en and doubt.code != "not-understood" for doubt in doubts)


@given(lines=soup(), titles=st.lists(TEXT.filter(str.strip), max_size=4))
@settings(max_examples=100)
def test_known_categories_never_matter_for_claims(lines, titles):
    ledger = Ledger(lines)
    known = {title: f"code-{index}" for index, title in enumerate(titles)}
    read_levels(lines, ledger, known=known, clause="6.1")
    categories = [SkillCategory(code=f"c-{index}", title=title) for index, title in enumerate(titles)]
    read_introduction(lines, ledger, categories=categories)
    assert all(ledger.claimed(line) for line in lines)


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@pytest.mark.parametrize(
    "text",
    [
        "初级、" * 20_000,
        "（" * 20_000,
        "3.1 " * 20_000,
        "GB/T 1-2000 " * 8_000,
        "A " * 30_000,
        "中等职业学校、" * 8_000,
        "岗位" * 20_000,
    ],
    ids=["levels", "brackets", "numbers", "references", "latin", "schools", "posts"],
)
def test_long_lines_are_read_in_time(reader, text):
    ledger = Ledger([line := Line(number=1, text=text)])
    reader([line], ledger)
    assert ledger.claimed(line)
