"""Posts by level: sentences, lists, or one paragraph for all."""

import pytest

from kaozheng.importing.preamble import read_posts
from tests.importing.preamble.sections import read, row


def found(section):
    result = read(read_posts, section)
    return {
        level: ([one.title for one in posts.employers], [one.title for one in posts.posts])
        for level, posts in result.value.items()
    }, result.codes


TWO = {"junior": (["零售企业"], ["陈列员", "收银员"]), "senior": (["零售企业"], ["店长"])}


@pytest.mark.parametrize(
    "section",
    [
        (
            "【货架陈列】（初级）：主要面向零售企业，陈列员、收银员等岗位。\n"
            "【货架陈列】（高级）：主要面向零售企业，店长等岗位。"
        ),
        (
            "**【货架陈列】（初级）：**主要面向零售企业的陈列员、收银员等工作岗位，主要完成理货等工作。\n"
            "**【货架陈列】（高级）：**主要面向零售企业的店长岗位，负责管理。"
        ),
        (
            "【货架陈列】(初级): 主要面向零售企业,从事陈列员、收银员等岗位。\n"
            "【货架陈列】(高级): 主要面向零售企业,担任店长等岗位。"
        ),
        "货架陈列（初级）主要面向零售企业，陈列员、收银员等岗位。\n货架陈列（高级）主要面向零售企业，店长等岗位。",
        "初级：主要面向零售企业中从事陈列员、收\n银员等岗位（群）。\n高级：主要面向零售企业\n的店长岗位群。",
        "初级：主要面向零售企业，陈列员、收银员等岗位。高级：主要面向零售企业，店长等岗位。",
        (
            "（1）货架陈列初级\n主要面向零售企业，陈列员、收银员等岗位。\n"
            "（2）货架陈列高级\n主要面向零售企业，店长等岗位。"
        ),
        "5.1 初级岗位\n主要面向零售企业的陈列员和收银员等岗位。\n5.2 高级岗位\n主要面向零售企业的店长等岗位。",
    ],
)
def test_layouts(section):
    assert found(section) == (TWO, [])


@pytest.mark.parametrize(
    ("words", "employers", "posts"),
    [
        ("主要面向零售企业和连锁品牌，陈列员、收银员等岗位。", ["零售企业和连锁品牌"], ["陈列员", "收银员"]),
        ("主要面向零售企业、电商平台等单位的陈列、理货等岗位。", ["零售企业", "电商平台等单位"], ["陈列", "理货"]),
        (
            "面向零售企业的采购部门、营运部门，从事理货、盘点工作岗位，能完成工作。",
            ["零售企业的采购部门", "营运部门"],
            ["理货", "盘点"],
        ),
        ("主要面向理货、盘点等岗位。", [], ["理货", "盘点"]),
        ("主要面向快消、家居等行业的零售企业，陈列员等岗位。", ["快消、家居等行业的零售企业"], ["陈列员"]),
        ("本职业技能主要面向零售企业，陈列员等岗位。", ["零售企业"], ["陈列员"]),
        ("主要岗位有：陈列员、收银员。", [], ["陈列员", "收银员"]),
        ("主要岗位：陈列员、收银员。", [], ["陈列员", "收银员"]),
        ("陈列员、收银员。", [], ["陈列员", "收银员"]),
        ("\n（1）陈列员\n（2）收银员", [], ["陈列员", "收银员"]),
        ("\n- 陈列员；\n- 收银员。", [], ["陈列员", "收银员"]),
        ("主要面向零售企业，陈列岗位、收银岗位和理货岗位。", ["零售企业"], ["陈列", "收银", "理货"]),
        ("主要面向零售企业，陈列、营销和销售等岗位。", ["零售企业"], ["陈列", "营销和销售"]),
    ],
)
def test_sentences(words, employers, posts):
    assert found(f"【货架陈列】（初级）：{words}") == ({"junior": (employers, posts)}, [])


def test_one_text_for_two_levels():
    posts, codes = found("初级、中级：主要面向零售企业，陈列员等岗位。\n高级：主要面向零售企业，店长等岗位。")
    assert posts["junior"] == posts["intermediate"] == (["零售企业"], ["陈列员"])
    assert posts["senior"] == (["零售企业"], ["店长"])
    assert codes == []


def test_one_text_for_all_levels_is_doubted():
    posts, codes = found("主要面向零售企业的陈列员、\n收银员等工作岗位。")
    assert posts == dict.fromkeys(("junior", "intermediate", "senior"), (["零售企业"], ["陈列员", "收银员"]))
    assert codes == ["posts-for-all-levels"]


def test_table():
    rows = [row("初级", "主要面向零售企业，陈列员等岗位。"), row("中级", "理货员、收银员", number=2)]
    assert found(rows) == ({"junior": (["零售企业"], ["陈列员"]), "intermediate": ([], ["理货员", "收银员"])}, [])


def test_a_sentence_before_the_levels_is_ignored():
    posts, codes = found("本证书面向下列岗位。\n初级：陈列员。\n")
    assert posts == {"junior": ([], ["陈列员"])}
    assert codes == []


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("初级：能在店长的指导下按照规定完成全部的陈列和收银工作。", ["posts-missing"]),
        ("初级：主要面向零售企业，需要使用收银机处理各种业务的人员等岗位。", ["posts-doubtful"]),
        ("初级：主要面向零售企业，陈列员等岗位。其他需要陈列的岗位也适用。", ["posts-doubtful"]),
        ("初级：主要面向零售企业，从事陈列、收银等工作。", ["posts-doubtful"]),
        ("初级：主要面向零售企业的陈列、理货，以及电商平台的客服等岗位。", ["posts-doubtful"]),
        ("初级：\n中级：陈列员。", []),
        ("", []),
    ],
)
def test_what_is_odd_is_doubted(section, codes):
    assert found(section)[1] == codes
