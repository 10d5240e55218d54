"""The division into levels: descriptions, inclusion, assessment, categories."""

import pytest

from kaozheng.importing.preamble import (
    ALL_UNITS,
    NOT_STATED,
    category_named,
    read_categories,
    read_introduction,
    read_levels,
)
from tests.importing.preamble.sections import read, row

INTRO = "货架陈列职业技能等级分为三个等级：初级、中级、高级，三个级别依次递进，高级别涵盖低级别职业技能要求。\n"
TEXTS = {"junior": "能在指导下理货，主要完成上架。", "intermediate": "能独立陈列。", "senior": "能管理门店，带领团队。"}


@pytest.mark.parametrize(
    "section",
    [
        (
            "【货架陈列】（初级）：能在指导下理货，主要完成上架。\n"
            "【货架陈列】（中级）：能独立陈列。\n【货架陈列】（高级）：能管理门店，带领团队。"
        ),
        (
            "【货架陈列】(初级): 能在指导下理货，主要完成上架。\n"
            "【货架陈列】(中级): 能独立陈列。\n【货架陈列】(高级): 能管理门店，带领团队。"
        ),
        "a)初级:能在指导下理货，主要完成上架。\nb)中级:能独立陈列。\nc)高级:能管理门店，带领团队。",
        "a)初级:能在指导下理货，主要完成上架。 b)中级:能独立陈列。 c)高级:能管理门店，带领团队。",
        "——初级：能在指导下理货，主要完成上架。\n——中级：能独立陈列。\n——高级：能管理门店，带领团队。",
        "初级：能在指导下理货，主要完成上架。中级：能独立陈列。高级：能管理门店，带领团队。",
        (
            "货架陈列（初级）：能在指导下理货，\n主要完成上架。\n"
            "货架陈列（中级）：能独立\n陈列。\n货架陈列（高级）：能管理门店，带领团队。"
        ),
        "6.1.1 初级\n能在指导下理货，主要\n完成上架。\n6.1.2 中级\n能独立陈列。\n6.1.3 高级\n能管理门店，带领团队。",
        (
            "（1）货架陈列初级\n能在指导下理货，主要完成上架。\n（2）货架陈列中级\n"
            "能独立陈列。\n（3）货架陈列高级\n能管理门店，带领团队。"
        ),
        "**初 级：**能在指导下理货，主要完成上架。\n**中 级：**能独立陈列。\n**高 级：**能管理门店，带领团队。",
        (
            "初级职业技能等级：能在指导下理货，主要完成上架。\n"
            "中级职业技能等级：能独立陈列。\n高级职业技能等级：能管理门店，带领团队。"
        ),
        (
            "【货架陈列（初级）】能在指导下理货，主要完成上架。\n"
            "【货架陈列（中级）】能独立陈列。\n【货架陈列（高级）】能管理门店，带领团队。"
        ),
        (
            "货架陈列职业技能（初级）\n能在指导下理货，主要完成上架。\n货架陈列职业技能（中级）\n"
            "能独立陈列。\n货架陈列职业技能（高级）\n能管理门店，带领团队。"
        ),
    ],
)
def test_layouts(section):
    result = read(read_levels, INTRO + section, clause="6.1")
    assert result.value.descriptions == TEXTS
    assert result.value.inclusion.kind == "higher_includes_lower"
    assert result.value.inclusion.clause == "6.1"
    assert result.value.assessment == {}
    assert result.codes == []


def test_table():
    rows = [row("初级", "能理货。"), row("中级", "能陈列。", number=2), row("高级", "能管理。", number=3)]
    assert read(read_levels, rows).value.descriptions == {
        "junior": "能理货。",
        "intermediate": "能陈列。",
        "senior": "能管理。",
    }


@pytest.mark.parametrize(
    ("sentence", "kind", "codes"),
    [
        ("等级由低到高，高级别涵盖低级别职业技能要求。", "higher_includes_lower", []),
        ("高级涵盖中级，中级涵盖初级。", "higher_includes_lower", []),
        ("分为三个等级，高一级别包含低一级别的要求。", "higher_includes_lower", []),
        ("高等级包括低等级的全部内容。", "higher_includes_lower", []),
        ("三个级别的要求依次递进。", "higher_includes_lower", ["inclusion-implied"]),
        ("各等级相互独立，高级别不包含低级别。", "separate", []),
        ("分为初级、中级和高级三个等级。", "not_stated", []),
    ],
)
def test_inclusion(sentence, kind, codes):
    result = read(read_levels, f"{sentence}\n初级：能理货。")
    assert result.value.inclusion.kind == kind
    assert result.codes == codes
    if kind != "not_stated":
        assert result.value.inclusion.description == sentence


def test_inclusion_behind_the_levels_is_no_part_of_the_last():
    texts = read(read_levels, "初级：能理货。\n高级：能管理。\n高级别涵盖低级别的要求。").value
    assert texts.descriptions == {"junior": "能理货。", "senior": "能管理。"}
    assert texts.inclusion.kind == "higher_includes_lower"


def test_silence_is_not_stated():
    texts = read(read_levels, "初级：能理货。").value
    assert texts.inclusion == NOT_STATED
    assert texts.assessment == {}
    assert ALL_UNITS.units == "all_units"


@pytest.mark.parametrize(
    ("rule", "units", "parts"),
    [
        ("符合其中一项技能要求的人员，即可申请证书。", "one_unit", ()),
        ("考生任选一个模块参加考核。", "one_unit", ()),
        ("申请者须提交书面申请材料，并通过实操考试和面试。", "all_units", ("materials", "practical", "interview")),
        ("考核分为理论知识考试和技能操作考核。", "all_units", ("practical", "theory")),
        ("考核包括理论与实操两部分考试。", "all_units", ("practical", "theory")),
        ("任选一个方向，通过笔试、答辩后取得证书。", "one_unit", ("interview", "theory")),
    ],
)
def test_assessment(rule, units, parts):
    introduction = read(read_introduction, f"能在指导下理货。{rule}", clause="6.1").value
    assert introduction.description == "能在指导下理货。"
    assert (introduction.assessment.units, introduction.assessment.parts) == (units, parts)
    assert introduction.assessment.description == rule
    in_section = read(read_levels, f"{rule}\n初级：能理货。\n中级：能陈列。").value
    assert {each.units for each in in_section.assessment.values()} == {units}
    of_one_level = read(read_levels, f"初级：能理货。{rule}\n中级：能陈列。").value
    assert list(of_one_level.assessment) == ["junior"]


@pytest.mark.parametrize("text", ["能考核员工的理论学习。", "掌握操作技能，能面对客户。", "其中一项工作是理货。"])
def test_descriptions_are_no_rules(text):
    assert read(read_introduction, text).value.assessment is None


NAMES = ["商品陈列", "商品采购", "综合服务", "客户服务"]


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("按照工作内容，可将职业技能分为如下几类:商品陈列、商品采购、综合服务和客户服务等。", []),
        ("按照工作内容，可将职业技能分为4类：商品陈列、商品采购、综合服务、客户\n服务。", []),
        ("按照工作内容，职业技能分为以下四大类：\na) 商品陈列；\nb) 商品采购；\nc) 综合服务；\nd) 客户服务。", []),
        (
            (
                "职业技能划分为如下几类：\n——商品陈列：摆放商品；\n"
                "——商品采购：买；\n——综合服务：其他；\n——客户服务：答问。"
            ),
            [],
        ),
        (
            "可将职业技能分为如下几类:商品陈列、商品采购、综合服务(包含开票、退税等)和客户服务等。",
            ["category-note"],
        ),
    ],
)
def test_categories(section, codes):
    result = read(read_categories, section, known={"商品采购": "purchasing"})
    assert [category.title for category in result.value] == NAMES
    assert [category.code for category in result.value] == ["category-1", "purchasing", "category-3", "category-4"]
    assert result.codes == codes


def test_categories_of_the_section_of_levels():
    section = "职业技能分为两类：商品陈列和商品采购。\n职业技能等级分为三个等级：初级、中级、高级。\n初级：能理货。"
    result = read(read_levels, section)
    assert [category.title for category in result.value.categories] == ["商品陈列", "商品采购"]
    assert result.codes == []


def test_codes_of_strangers_are_not_taken_over():
    result = read(
        read_categories, "分为两类：商品陈列、商品采购。", known={"商品陈列": "Bad Code", "商品采购": "category-1"}
    )
    assert [category.code for category in result.value] == ["category-1", "category-2"]


def test_a_level_names_its_categories_in_short():
    categories = read(read_categories, "分为如下几类：商品陈列、商品采购、综合服务、客户服务等。").value
    result = read(read_introduction, "能运用商品陈列、采购和客服等技能，完成工作。", categories=categories)
    assert [category.title for category in result.value.categories] == ["商品陈列", "商品采购", "客户服务"]
    assert result.codes == []
    doubted = read(read_introduction, "能运用商品陈列、采购、绘画等技能，完成工作。", categories=categories)
    assert doubted.codes == ["category-unknown"]


@pytest.mark.parametrize(
    ("word", "title"), [("采购技能", "商品采购"), ("客服", "客户服务"), ("服务", None), ("画", None), ("", None)]
)
def test_a_word_means_one_category_or_none(word, title):
    categories = read(read_categories, "分为如下几类：商品陈列、商品采购、综合服务、客户服务等。").value
    named = category_named(word, categories)
    assert (named and named.title) == title


@pytest.mark.parametrize(
    ("section", "codes"),
    [
        ("初级：能理货。\n初级：能上架。", ["level-twice"]),
        ("这里讲的是别的事情。\n初级：能理货。", ["levels-not-understood"]),
        ("", []),
    ],
)
def test_what_is_odd_is_doubted(section, codes):
    assert read(read_levels, section).codes == codes


def test_a_level_named_in_a_sentence_is_no_label():
    texts = read(
        read_levels, "初级：能在中级人员指导下理货，取得证书后可申请中级。\n高级：能指导\n初级、中级人员。"
    ).value
    assert texts.descriptions == {
        "junior": "能在中级人员指导下理货，取得证书后可申请中级。",
        "senior": "能指导初级、中级人员。",
    }
