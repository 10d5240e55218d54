"""Terms: wherever number, term, English and definition stand."""

import pytest

from kaozheng.importing.preamble import read_terms
from tests.importing.preamble.sections import read

SHELF = ("3.1", "货架", "Shelf", "摆放商品的架子。")
LABEL = ("3.2", "价签", "Price Label", "写着价格的小牌，一般夹在货架边上。")


def found(section, **options):
    result = read(read_terms, section, **options)
    return [(term.clause, term.title, term.title_en, term.definition) for term in result.value], result.codes


@pytest.mark.parametrize(
    "section",
    [
        "3.1 货架 Shelf\n摆放商品的架子。\n3.2 价签 Price Label\n写着价格的小牌，一般夹在货架边上。",
        "### 3.1 货架 Shelf\n摆放商品的架子。\n### **3.2 价签 Price Label**\n写着价格的小牌，一般夹在货架边上。",
        "3.1\n货架 Shelf\n摆放商品的架子。\n3.2\n价签 Price Label\n写着价格的小牌，\n一般夹在货架边上。",
        "3.1\n货架\nShelf\n摆放商品的架子。\n3.2\n价签\nPrice Label\n写着价格的小牌，一般夹\n在货架边上。",
        "3.1货架\nShelf\n摆放商品的架子。\n3.2价签\nPrice\nLabel\n写着价格的小牌，一般夹在货架边上。",
        "3．1  货 架  Shelf\n摆放商品的架子。\n3. 2 价签（Price Label）\n写着价格的小牌，一般夹在货架边上。",
        "３．１　货架　Shelf\n摆放 商品的架子。\n３．２　价签(Price Label)\n写着价格的小牌，一般夹在货架边上。",
        "3.1 货架 Shelf 摆放商品的架子。\n3.2 价签 Price Label 写着价格的小牌，一般夹在货架边上。",
        "3.1 货架（Shelf）：摆放商品的架子。\n3.2 价签（Price Label）：写着价格的小牌，一般夹在货架边上。",
        "3.1 货架 Shelf：摆放商品的架子。\n3.2 价签 Price Label：写着价格的小牌，一般夹在货架边上。",
        "3.1 货架 (Shelf) 摆放商品的架子。\n3.2 价签\nPrice Label\n写着价格的小牌，一般夹在货架边上。",
        "- 3.1 货架 Shelf\n摆放商品的架子。\n- 3.2 价签 Price Label\n写着价格的小牌，一般夹在货架边上。",
        (
            "下列术语和定义适用于本文件。\n3.1 货架 Shelf\n"
            "摆放商品的架子。\n3.2 价签 Price Label\n写着价格的小牌，一般夹在货架边上。"
        ),
        (
            "国家、行业标准界定的以及下列术语和定义适用于本标\n准。\n3.1. 货架 Shelf\n"
            "摆放商品的架子。\n3.2. 价签 Price Label\n写着价格的小牌，一般夹在货架边上。"
        ),
    ],
)
def test_layouts(section):
    assert found(section) == ([SHELF, LABEL], [])


@pytest.mark.parametrize(
    ("head", "title", "english"),
    [
        ("货架", "货架", None),
        ("智能货架(无人)管理 Unmanned Shelf Management", "智能货架(无人)管理", "Unmanned Shelf Management"),
        ("B2B Business-to-Business", "B2B", "Business-to-Business"),
        ("门店 B2B B2B Store Trade", "门店 B2B", "B2B Store Trade"),
        ("门店 B2B 陈列管理 Display in B2B Stores", "门店 B2B 陈列管理", "Display in B2B Stores"),
        ("关键绩效指标（KPI） Key Performance Indicator", "关键绩效指标（KPI）", "Key Performance Indicator"),
        ("软件服务（SaaS）", "软件服务（SaaS）", None),
        ("工业 4.0 Industry 4.0", "工业 4.0", "Industry 4.0"),
        ("SKU SKU（Stock Keeping Unit）", "SKU", "SKU（Stock Keeping Unit）"),
        ("Web 前端 Web front-end", "Web 前端", "Web front-end"),
        ("Web 前端（Web front-end）", "Web 前端", "Web front-end"),
        ("API (Application Programming Interface)", "API", "Application Programming Interface"),
        ("移动应用 APP Mobile APP", "移动应用 APP", "Mobile APP"),
        ("扫码 O'Reilly-style scan & go", "扫码", "O'Reilly-style scan & go"),
        ("货架：Shelf", "货架", "Shelf"),
        ("自动导引车 guided vehicle；AGV", "自动导引车", "guided vehicle; AGV"),
        ("操作系统（Robot Operating System，ROS）", "操作系统", "Robot Operating System, ROS"),
        ("信息模型（Building Information Modeling，简称BIM）", "信息模型", "Building Information Modeling"),
        ("货架 / Shelf", "货架", "Shelf"),
        ("《陈列手册》 Display Manual", "《陈列手册》", "Display Manual"),
    ],
)
def test_english_is_what_stands_behind_the_last_ideograph(head, title, english):
    terms, codes = found(f"3.1 {head}\n摆放商品的做法。")
    assert terms == [("3.1", title, english, "摆放商品的做法。")]
    assert codes == []


@pytest.mark.parametrize(
    ("section", "term"),
    [
        ("3.1 货架 摆放商品、方便顾客拿取的架子。", ("3.1", "货架", None, "摆放商品、方便顾客拿取的架子。")),
        ("3.1 货架 摆放商品并且方便顾客拿取的架子", ("3.1", "货架", None, "摆放商品并且方便顾客拿取的架子")),
        ("3.1 货架是指摆放商品的架子。", ("3.1", "货架", None, "货架是指摆放商品的架子。")),
        ("3.1 货架：Shelf 摆放商品的架子。", ("3.1", "货架", "Shelf", "摆放商品的架子。")),
        ("3.1 货架：摆放商品的架子。", ("3.1", "货架", None, "摆放商品的架子。")),
        ("3.1 网购 通过 Internet 买东西的做法。", ("3.1", "网购", None, "通过 Internet 买东西的做法。")),
        (
            "3.1 移动应用 APP\nMobile Application\n装在手机上的软件。",
            ("3.1", "移动应用 APP", "Mobile Application", "装在手机上的软件。"),
        ),
        ("3.1 价签 Price\nLabel Tag 写着价格的小牌。", ("3.1", "价签", "Price Label Tag", "写着价格的小牌。")),
        ("3.1 无人店 Store\nB2B 交易也能在其中完成的店。", ("3.1", "无人店", "Store", "B2B 交易也能在其中完成的店。")),
        (
            "3.1 智能陈列管理平台 Smart Display Platform 为门店提供陈列方案\n和补货建议的系统。",
            ("3.1", "智能陈列管理平台", "Smart Display Platform", "为门店提供陈列方案和补货建议的系统。"),
        ),
    ],
)
def test_definition_on_the_line_of_the_term(section, term):
    terms, _ = found(section)
    assert terms == [term]


def test_paragraphs_and_notes_of_a_definition_are_kept():
    terms, _ = found(
        "3.1 货架 Shelf\n摆放商品的架子。\n注：也叫陈列架，\n有木制的。\n[来源：GB/T 1-2000，3.2]\n3.2 价签\n小牌。"
    )
    assert terms[0][3] == "摆放商品的架子。\n注：也叫陈列架，有木制的。\n[来源：GB/T 1-2000，3.2]"


def test_simple_numbers():
    terms, codes = found("1、货架  Shelf\n摆放商品的架子。\n2、 价签   Price Label\n写着价格的小牌，一般夹在货架边上。")
    assert [(clause, title) for clause, title, *_ in terms] == [("1", "货架"), ("2", "价签")]
    assert codes == []


def test_lost_numbers_are_counted_and_doubted():
    terms, codes = found(
        "货架 Shelf\n摆放商品的架子。\n价签\nPrice Label\n写着价格的小牌，一般夹在货架边上。", clause="3"
    )
    assert terms == [SHELF, LABEL]
    assert codes == ["term-unnumbered", "term-unnumbered"]


def test_groups_of_terms():
    section = (
        "3.1 通用术语\n3.1.1 货架 Shelf\n架子。\n3.1.2 价签 Label\n小牌。\n3.2 管理术语\n3.2.1 盘点 Stocktaking\n清点。"
    )
    terms, codes = found(section)
    assert [clause for clause, *_ in terms] == ["3.1.1", "3.1.2", "3.2.1"]
    assert codes == []


def test_a_gap_in_the_numbers_is_bridged():
    assert [clause for clause, *_ in found("3.1 货架\n架子。\n3.3 价签\n小牌。")[0]] == ["3.1", "3.3"]


def test_figures_at_the_head_of_a_wrapped_line_are_no_term():
    terms, codes = found("3.1 矮柜 Low Shelf\n高度不超过\n1.2 米的柜子。\n3.2 价签\n小牌。")
    assert terms[0] == ("3.1", "矮柜", "Low Shelf", "高度不超过1.2 米的柜子。")
    assert len(terms) == 2
    assert codes == []


@pytest.mark.parametrize(
    ("section", "codes", "kept"),
    [
        ("3.1 货架\n架子。\n3.9 价签\n小牌。", ["term-number"], 1),
        ("3.1 货架\n架子。\n3.1 价签\n小牌。", ["term-number-twice"], 2),
        ("3.1 货架\n3.2 价签\n小牌。", ["term-incomplete"], 1),
        ("3.1\n3.2 价签\n小牌。", ["term-incomplete"], 1),
        ("这里说了些别的话，\n看不出是什么。", ["term-not-understood"] * 2, 0),
    ],
)
def test_what_cannot_be_read_is_doubted(section, codes, kept):
    terms, doubts = found(section)
    assert doubts == codes
    assert len(terms) == kept


@pytest.mark.parametrize("section", ["", "本标准没有需要界定的术语和定义。", "无", "下列术语和定义适用于本标准。"])
def test_no_terms(section):
    assert found(section) == ([], [])
