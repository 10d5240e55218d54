"""Title page, foreword and scope."""

import pytest

from kaozheng.importing.preamble import read_heading, read_publisher, read_scope
from kaozheng.importing.report import Ledger
from tests.importing.preamble.sections import lines, read, row


@pytest.mark.parametrize(
    ("page", "title", "number", "edition"),
    [
        ("# 货架陈列 职业技能等级标准", "货架陈列职业技能等级标准", None, None),
        ("**货架陈列**\n**职业技能等级标准**", "货架陈列职业技能等级标准", None, None),
        (
            "附件\n货架陈列\n职业技能等级标准\n标准代码：530999（2021年2.0版）\n青禾公司 制定\n2021年12月 发布",
            "货架陈列职业技能等级标准",
            "530999",
            "2.0",
        ),
        ("货架陈列职业技能等级标准\n(2020 年 1.0 版)", "货架陈列职业技能等级标准", None, "1.0"),
        ("货架陈列职业技能等级标准（2020年版）", "货架陈列职业技能等级标准", None, "2020"),
        ("1+X 证书制度试点\n货架陈列职业技能\n等级标准\nV3.1", "货架陈列职业技能等级标准", None, "3.1"),
        (
            (
                "ICS 03.080\nCCS A 12\n团体标准\nT/QHYY 0007-2022\n货架陈列人员职业技能等级标准\n"
                "Skill level standard for shelf display staff\n2022-05-01 发布 2022-06-01 实施\n青禾协会 发布"
            ),
            "货架陈列人员职业技能等级标准",
            "T/QHYY 0007-2022",
            "2022",
        ),
        (
            "货架陈列职业技能等级标准.docx\n1 T/QHYY 0007-2022 货架陈列职业技能等级标准",
            "货架陈列职业技能等级标准",
            "T/QHYY 0007-2022",
            "2022",
        ),
        ("《Web 货架（B2B）职业技能等级标准》", "Web 货架（B2B）职业技能等级标准", None, None),
        (
            "1+X证书制度试点\n货架陈列\n职业技能等级标准\n青禾公司\n二〇二〇年九月",
            "货架陈列职业技能等级标准",
            None,
            None,
        ),
        ("货架陈列职业技能等级标准 1.0", "货架陈列职业技能等级标准", None, "1.0"),
        ("货架陈列职业技能等级标准（试行）", "货架陈列职业技能等级标准", None, None),
        ("货架陈列职业技能等级标准\n2019年4月", "货架陈列职业技能等级标准", None, "2019"),
        ("", None, None, None),
    ],
)
def test_heading(page, title, number, edition):
    result = read(read_heading, page)
    assert (result.value.title, result.value.number, result.value.edition) == (title, number, edition)
    assert result.codes == []


def test_heading_keeps_english_and_draft():
    heading = read(read_heading, "货架陈列职业技能等级标准（征求意见稿）\nSkill standard for\nshelf display").value
    assert heading.draft
    assert heading.title_en == "Skill standard for shelf display"
    assert heading.title == "货架陈列职业技能等级标准"


def test_an_unusual_title_is_doubted():
    result = read(read_heading, "T/QHYY 0007-2022\n货架陈列人员能力要求")
    assert result.value.title == "货架陈列人员能力要求"
    assert result.codes == ["title-unusual"]


def test_heading_doubts_what_it_does_not_know():
    for other in ("青禾出版社好书推荐", "货架陈列职业技能等级标准编制说明"):
        result = read(read_heading, f"{other}\n货架陈列职业技能等级标准")
        assert result.value.title == "货架陈列职业技能等级标准"
        assert result.codes == ["heading-not-understood"]


FOREWORD = "本标准按照 GB/T 1.1-2020 的规定起草。\n"


@pytest.mark.parametrize(
    ("foreword", "drafted_by", "owner", "licensee"),
    [
        (
            "本标准起草单位：青禾大学、青禾（示例、甲）公司。\n本标准主要起草人：赵一、钱\n二。",
            ("青禾大学", "青禾（示例、甲）公司"),
            None,
            None,
        ),
        ("本文件主要起草单位:青禾大学,青禾\n公司\n本文件主要起草人:赵一", ("青禾大学", "青禾公司"), None, None),
        ("本标准起草单位：青禾大学。本标准主要起草人：赵一。", ("青禾大学",), None, None),
        ("本标准起草单位（排名不分先后）：青禾大学、青禾公司。", ("青禾大学", "青禾公司"), None, None),
        ("本标准由青禾大学牵头起草。", ("青禾大学",), None, None),
        ("参与起草单位：青禾公司等。", ("青禾公司",), None, None),
        (
            "声明：本标准的知识产权归属于青禾大学，使用权归属于青禾公司，未经许可\n不得翻印。",
            (),
            "青禾大学",
            "青禾公司",
        ),
        ("声明：本标准的知识产权归青禾大学、青禾公司共同所有。", (), "青禾大学、青禾公司", None),
        ("本文件由青禾协会提出并归口。", (), "青禾协会", None),
        ("青禾公司 制定\n2021年12月 发布", (), "青禾公司", None),
        ("青禾公司 制定\n本标准知识产权归属于青禾大学。", (), "青禾大学", None),
        ("本标准起草单位：青禾大学、\n青禾公司\n本标准主要起草人：赵一", ("青禾大学", "青禾公司"), None, None),
        ("请注意本文件的某些内容可能涉及专利。", (), None, None),
        ("", (), None, None),
    ],
)
def test_publisher(foreword, drafted_by, owner, licensee):
    result = read(read_publisher, FOREWORD + foreword)
    publisher = result.value
    assert (publisher.drafted_by, publisher.owner, publisher.licensee) == (drafted_by, owner, licensee)
    assert result.codes == []


def test_a_bare_name_on_the_title_page_is_doubted():
    result = read(read_publisher, "货架陈列职业技能等级标准\n青禾公司\n本标准按照规定起草。")
    assert result.value.owner == "青禾公司"
    assert result.codes == ["owner-unstated"]


def test_names_of_persons_are_left_out():
    result = read(read_publisher, "本标准主要起草人：赵一、钱二。")
    assert "赵一" not in result.value.model_dump_json()
    assert [reading.fate for reading in result.readings] == ["ignored"]


def test_units_and_persons_in_one_statement_are_doubted():
    assert read(read_publisher, "起草单位：青禾大学 起草人：赵一、钱二").codes == ["publisher-mixed"]


def test_an_owner_that_cannot_be_read_is_doubted():
    assert read(read_publisher, "起草单位：。").codes == ["publisher-not-understood"]


def test_title_page_is_read_by_both_without_doubt():
    page = lines("货架陈列职业技能等级标准\n青禾公司 制定\n2021年12月 发布\n" + FOREWORD)
    ledger = Ledger(page)
    assert read_heading(page[:3], ledger).title == "货架陈列职业技能等级标准"
    assert read_publisher(page, ledger).owner == "青禾公司"
    doubts, readings = ledger.close()
    assert doubts == ()
    assert [reading.fate for reading in readings] == ["used", "used", "used", "ignored"]


def test_scope_joins_wrapped_lines_and_keeps_paragraphs():
    scope = read(read_scope, "本标准规定了货架陈列的\n技能要求。\n本标准适用于培 训。", clause="1").value
    assert scope.description == "本标准规定了货架陈列的技能要求。\n本标准适用于培训。"
    assert scope.clause == "1"


def test_empty_scope():
    assert read(read_scope, "").value is None


def test_a_row_of_two_cells_is_a_label():
    assert read(read_publisher, [row("起草单位", "青禾大学、青禾公司")]).value.drafted_by == ("青禾大学", "青禾公司")
