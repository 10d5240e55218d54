"""Normative references: numbered or titled, dated or not, one a line or all in one."""

import pytest

from kaozheng.importing.preamble import read_references
from tests.importing.preamble.sections import read, row


def found(section):
    result = read(read_references, section)
    return [(each.number, each.year, each.title) for each in result.value], result.codes


@pytest.mark.parametrize(
    ("entry", "number", "year", "title"),
    [
        ("GB/T 12345-2018 货架通用要求;", "GB/T 12345", 2018, "货架通用要求"),
        ("GB/T12345—2018货架通用要求；", "GB/T 12345", 2018, "货架通用要求"),
        ("GB／T 12345－2018 货架通用要求。", "GB/T 12345", 2018, "货架通用要求"),
        ("ＧＢ/Ｔ １２３４５ 货架通用要求", "GB/T 12345", None, "货架通用要求"),
        ("GBT 12345-2018 货架通用要求", "GB/T 12345", 2018, "货架通用要求"),
        ("GB 5082-85 货架信号", "GB 5082", 1985, "货架信号"),
        ("GB/Z 42007 货架评价", "GB/Z 42007", None, "货架评价"),
        ("YD/T 3644-2020 货架联网", "YD/T 3644", 2020, "货架联网"),
        ("ISO/IEC 27001:2013 信息安全", "ISO/IEC 27001", 2013, "信息安全"),
        ("IEC 61131-3:2013 编程", "IEC 61131-3", 2013, "编程"),
        ("T/QHYY 0007-2022 花园规范", "T/QHYY 0007", 2022, "花园规范"),
        ("DB44/T 1234-2019 门店规范", "DB44/T 1234", 2019, "门店规范"),
        ("HJ 25.1-2019 场地调查", "HJ 25.1", 2019, "场地调查"),
        ("GB/T 31232.2 统计指标 第 2 部分：门店", "GB/T 31232.2", None, "统计指标 第2部分：门店"),
        ("GB/T 12345-2018 《货架通用要求》", "GB/T 12345", 2018, "货架通用要求"),
        ("《货架通用要求》（GB/T 12345-2018）", "GB/T 12345", 2018, "货架通用要求"),
        ("货架通用要求 GB/T 12345-2018", "GB/T 12345", 2018, "货架通用要求"),
        ("[1] GB/T 12345-2018 货架通用要求", "GB/T 12345", 2018, "货架通用要求"),
        ("（1）GB/T 12345-2018 货架通用要求", "GB/T 12345", 2018, "货架通用要求"),
        ("- **GB/T 12345-2018** 货架通用要求", "GB/T 12345", 2018, "货架通用要求"),
        ("GB/T 12345-2018 货架（ISO 2848:1984，IDT）", "GB/T 12345", 2018, "货架（ISO 2848:1984，IDT）"),
        ("GB/T 12345-2018 货架质量 词汇", "GB/T 12345", 2018, "货架质量 词汇"),
        ("《中华人民共和国门店法》", None, None, "中华人民共和国门店法"),
        ("商务部《门店目录（2021年）》", None, None, "商务部《门店目录（2021年）》"),
        ("《门店管理办法》（2019年修订）", None, 2019, "《门店管理办法》（2019年修订）"),
    ],
)
def test_entries(entry, number, year, title):
    assert found(entry) == ([(number, year, title)], [])


BOILERPLATE = (
    "下列文件中的内容通过引用而构成本文件必不可少的条款。其中，注日期的引用文\n"
    "件，仅该日期的版本适用；不注日期的，其最新版本（包括修改单）适用于本\n文件。\n"
)


@pytest.mark.parametrize(
    "section",
    [
        "GB/T 1-2000 甲标准\nGB/T 2 乙标准",
        BOILERPLATE + "GB/T 1-2000 甲标准；\nGB/T 2 乙标准。",
        "下列文件对本标准的应用必不可少。 GB/T 1-2000 甲标准; GB/T 2 乙标准。",
        "GB/T 1-2000 甲标准；GB/T 2 乙标准",
        "GB/T 1-2000 甲标准 GB/T 2 乙标准",
        "GB/T 1-2000 甲\n标准\nGB/T 2 乙标准",
        "甲标准 GB/T 1-2000\n乙标准（GB/T 2）",
        "GB/T 1-2000\n甲标准\nGB/T 2\n乙标准",
    ],
)
def test_layouts(section):
    assert found(section) == ([("GB/T 1", 2000, "甲标准"), ("GB/T 2", None, "乙标准")], [])


def test_titles_without_marks_follow_each_other():
    section = "《门店大典（2022年版）》\n国家职业技能标准 陈列师（2020 年版）\n《门店法》"
    assert [title for _, _, title in found(section)[0]] == [
        "门店大典（2022年版）",
        "国家职业技能标准 陈列师（2020 年版）",
        "门店法",
    ]


def test_table():
    two_columns = [row("GB/T 1-2000", "甲标准"), row("GB/T 2", "乙标准", number=2)]
    three_columns = [
        row("序号", "标准号", "名称"),
        row("1", "GB/T 1-2000", "甲标准", number=2),
        row("2", "GB/T 2", "乙标准", number=3),
    ]
    for rows in (two_columns, three_columns):
        assert found(rows) == ([("GB/T 1", 2000, "甲标准"), ("GB/T 2", None, "乙标准")], [])


@pytest.mark.parametrize(
    "section", ["", "本标准没有规范性引用文件。", "本文件没有规范性引用文件。", "无。", BOILERPLATE]
)
def test_none(section):
    assert found(section) == ([], [])


def test_boilerplate_is_ignored_with_a_reason():
    result = read(read_references, BOILERPLATE)
    assert {reading.fate for reading in result.readings} == {"ignored"}
    assert all("boilerplate" in reading.used_for for reading in result.readings)


@pytest.mark.parametrize(
    ("section", "codes", "kept"),
    [
        ("门店人员培训大纲", ["reference-without-number"], 1),
        ("国家职业技能标准——陈列师（2022年版）", ["reference-without-number"], 1),
        ("GB/T 12345-2018", ["reference-without-title"], 1),
        ("这句话不是文件名称呀", ["reference-not-understood"], 0),
    ],
)
def test_what_is_odd_is_doubted(section, codes, kept):
    references, doubts = found(section)
    assert doubts == codes
    assert len(references) == kept
