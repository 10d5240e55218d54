"""Majors by type of school and catalogue."""

import pytest

from kaozheng.importing.preamble import read_majors
from kaozheng.importing.preamble.majors import school_type
from tests.importing.preamble.sections import read, row


def found(section):
    result = read(read_majors, section)
    return [(each.school_type, each.title, [one.title for one in each.majors]) for each in result.value], result.codes


SECONDARY = ("secondary", "中等职业学校", ["陈列设计", "门店运营"])
HIGHER = ("higher", "高等职业学校", ["陈列艺术", "会计类（门店）", "连锁经营"])


@pytest.mark.parametrize(
    "section",
    [
        "中等职业学校：陈列设计、门店运营等专业。\n高等职业学校：陈列艺术、会计类（门店）、连锁经营等专业。",
        (
            "**中等职业学校：**陈列设计、门店运营等相关专业。\n"
            "**高等职业学校：**陈列艺术、会计类（门店）、连锁经营等专业。"
        ),
        "中等职业学校:陈列设计,门店运营;\n高等职业学校:陈列艺术,会计类（门店）,连锁经营。",
        "（1）中等职业学校\n陈列设计、门店运营等专业。\n（2）高等职业学校\n陈列艺术、会计类（门店）、连锁经营等专业。",
        "1、中等职业学校\n陈列设计、门店运营专业\n2、高等职业学校\n陈列艺术、会计类（门店）、连锁经营专业",
        (
            "【中等职业学校】陈列设计、门店\n运营等专业。\n"
            "【高等职业学校】：陈列艺术、会计类（门\n店）、连锁\n经营等专业。"
        ),
        "中等职业学校：陈列设计、门店运营等专业；高等职业学校：陈列艺术、会计类（门店）以及连锁经营等专业。",
        "中等职业学校 ：陈列设计、门店运营等专业。 高等职业学校 ：陈列艺术、会计类（门店）、连锁经营等专业。",
        "中等职业学校的陈列设计、门店运营等专业。\n高等职业学校的陈列艺术、会计类（门店）、连锁经营等专业。",
        "——中等职业学校：陈列设计专业、门店运营专业。\n——高等职业学校：陈列艺术专业、会计类（门店）、连锁经营专业等。",
        "中等职业学校：\n陈列设计\n门店运营\n高等职业学校：\n1.陈列艺术\n2.会计类（门店）\n3.连锁经营",
        "### 中等职业学校\n- 陈列设计、\n- 门店运营\n### 高等职业学校\n- 陈列艺术、\n- 会计类（门店）、\n- 连锁经营",
    ],
)
def test_layouts(section):
    assert found(section) == ([SECONDARY, HIGHER], [])


def test_table():
    rows = [
        row("中等职业学校", "陈列设计、门店运营"),
        row("高等职业学校", "陈列艺术、会计类（门店）、连锁经营", number=2),
    ]
    assert found(rows) == ([SECONDARY, HIGHER], [])


def test_two_catalogues():
    result = read(
        read_majors,
        "4.1 参照原版专业目录\n中等职业学校：陈列设计。\n高等职业学校：陈列艺术。\n应用型本科学校：零售学。\n"
        "4.2 参照新版职业教育专业目录\n中等职业学校：陈列服务。\n高等职业学校：陈列技术。\n"
        "高等职业教育本科学校：零售管理。\n"
        "应用型本科学校：零售学。",
    )
    assert [(each.catalogue, each.school_type, each.majors[0].title) for each in result.value] == [
        ("原版专业目录", "secondary", "陈列设计"),
        ("原版专业目录", "higher", "陈列艺术"),
        ("原版专业目录", "applied_bachelor", "零售学"),
        ("新版职业教育专业目录", "secondary", "陈列服务"),
        ("新版职业教育专业目录", "higher", "陈列技术"),
        ("新版职业教育专业目录", "vocational_bachelor", "零售管理"),
        ("新版职业教育专业目录", "applied_bachelor", "零售学"),
    ]
    assert result.codes == []


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("中等职业学校", "secondary"),
        ("中职院校", "secondary"),
        ("高等职业学校", "higher"),
        ("高等职业教育专科", "higher"),
        ("高职高专院校", "higher"),
        ("高等职业教育本科学校", "vocational_bachelor"),
        ("职业本科院校", "vocational_bachelor"),
        ("应用型本科学校", "applied_bachelor"),
        ("普通本科院校", "applied_bachelor"),
        ("技工院校", "other"),
        ("开放大学", "other"),
    ],
)
def test_school_types(title, kind):
    assert school_type(title) == kind
    assert found(f"{title}：陈列设计、门店运营等专业。") == ([(kind, title, ["陈列设计", "门店运营"])], [])


@pytest.mark.parametrize(
    ("listed", "majors"),
    [
        ("陈列艺术与设计、零售和门店等专业", ["陈列艺术与设计", "零售", "门店"]),
        ("门店（含连锁、加盟）、零售等专业", ["门店（含连锁、加盟）", "零售"]),
        ("门店（含连锁、零售等专业", ["门店（含连锁", "零售"]),
        ("630801 门店运营、630802 零售", ["630801 门店运营", "630802 零售"]),
        ("门店、门店、零售", ["门店", "零售"]),
    ],
)
def test_lists(listed, majors):
    assert found(f"中等职业学校：{listed}。")[0][0][2] == majors


def test_a_remark_behind_the_majors_is_ignored():
    section = "中等职业学校：陈列设计等专业。\n本标准也可供其他院校参考。"
    assert found(section) == ([("secondary", "中等职业学校", ["陈列设计"])], [])


def test_a_school_without_majors_is_no_entry():
    assert found("高等职业教育本科学校：无。\n中等职业学校：门店。") == ([("secondary", "中等职业学校", ["门店"])], [])


@pytest.mark.parametrize(
    ("section", "codes", "kept"),
    [
        ("中等职业学校：\n高等职业学校：门店。", ["majors-missing"], 1),
        ("高等职业学校、应用型本科学校：门店、零售。", ["school-types"], 1),
        ("门店、零售等专业。", ["majors-without-school"], 1),
        ("这一节另行规定", ["majors-not-understood"], 0),
        ("说明在前。\n中等职业学校：门店。", ["majors-not-understood"], 1),
        ("", [], 0),
    ],
)
def test_what_is_odd_is_doubted(section, codes, kept):
    majors, doubts = found(section)
    assert doubts == codes
    assert len(majors) == kept
