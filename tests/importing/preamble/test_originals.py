"""The two documents that the stored standards come from, where they are at hand: their preambles are read whole."""

import re
from pathlib import Path

import pytest

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
from shared.standards import load_standard
from tests.importing.preamble.sections import read

SEEDS = Path(__file__).parents[4] / "shared" / "seeds"
pytestmark = pytest.mark.skipif(not SEEDS.is_dir(), reason="the originals are not part of the repository")


def text(start: str) -> str:
    return next(SEEDS.glob(f"{start}*.txt")).read_text(encoding="utf-8")


def between(whole: str, start: str, end: str) -> str:
    return whole.split(start, 1)[1].split(end, 1)[0]


@pytest.fixture(scope="module")
def b2b() -> str:
    return text("000")


@pytest.fixture(scope="module")
def staff() -> str:
    """The second document without the pages of the website around it and the running heads in it."""
    body = text("002")
    body = body[body.index("1 T/KJDZSW") :]
    return body[:2] + re.sub(r" \d+ T/KJDZSW 0001-2023 ", " ", body[2:]).replace(" 3.", "\n3.")


def test_title_and_publisher(b2b):
    front = b2b.split("## 目 次")[0]
    assert read(read_heading, front).value.title == "跨境电商B2B数据运营职业技能等级标准"
    result = read(read_publisher, between(b2b, "## 前 言", "## 1 范围"))
    assert result.value == load_standard("xb2b").publisher
    assert result.codes == []


def test_scope_and_references(b2b):
    assert read(read_scope, between(b2b, "## 1 范围", "## 2 规范"), clause="1").value.description.count("\n") == 1
    result = read(read_references, between(b2b, "## 2 规范性引用文件", "## 3 术"))
    stored = load_standard("xb2b").references
    assert [(each.number, each.year, each.title) for each in result.value] == [
        (each.number, each.year, each.title) for each in stored
    ]
    assert result.codes == []


def test_terms(b2b):
    result = read(read_terms, between(b2b, "## 3 术语和定义", "## 4 面"))
    assert [(term.clause, term.title.replace(" ", ""), term.title_en) for term in result.value] == [
        (term.clause, term.title.replace(" ", ""), term.title_en) for term in load_standard("xb2b").terms
    ]
    assert len(result.value) == 11
    assert all(term.definition.endswith("。") for term in result.value)
    assert result.codes == []


def test_majors_and_posts(b2b):
    result = read(read_majors, between(b2b, "## 4 面向院校专业", "## 5 面"))
    assert [(each.school_type, len(each.majors)) for each in result.value] == [
        ("secondary", 4),
        ("higher", 9),
        ("applied_bachelor", 7),
    ]
    assert result.codes == []
    posts = read(read_posts, between(b2b, "## 5 面向工作岗位（群）", "## 6 职"))
    assert list(posts.value) == ["junior", "intermediate", "senior"]
    for level in posts.value.values():
        assert [one.title for one in level.employers] == ["跨境电子商务应用和服务企业"]
        assert [one.title for one in level.posts] == ["跨境电商运营", "跨境电商营销和销售"]
    assert posts.codes == []


def test_levels(b2b):
    result = read(read_levels, between(b2b, "### 6.1 职业技能等级划分", "## 6.2"), clause="6.1")
    assert list(result.value.descriptions) == ["junior", "intermediate", "senior"]
    assert result.value.inclusion.kind == "higher_includes_lower"
    assert result.codes == []


def test_second_document_until_its_terms(staff):
    heading = read(read_heading, staff.split("1 范围")[0]).value
    assert (heading.title, heading.number) == ("跨境电商运营人员职业技能等级标准", "T/KJDZSW 0001-2023")
    assert heading.edition == "2023"
    references = read(read_references, between(staff, "2 规范性引用文件", "3 术语与定义"))
    assert [each.number for each in references.value] == [
        "GB/T 36311",
        "GB/T 35408",
        "GB/T 40105",
        "GB/Z 42007",
        "GB/T 41825",
    ]
    assert references.codes == []
    terms = read(read_terms, between(staff, "3 术语与定义", "4 职业技能分类"))
    assert [(term.clause, term.title, term.title_en) for term in terms.value] == [
        ("3.1", "跨境电子商务(交易)平台", "Cross-Border E-commerce Platform"),
        ("3.2", "跨境电子商务平台在线销售商", "Cross-Border E-commerce platform Online sellers"),
        ("3.3", "跨境电子商务平台服务商", "Cross-Border E-commerce platform Service provideers"),
        ("3.4", "外贸综合服务企业", "Integrated Service Enterise of Foreign Trade"),
        ("3.5", "跨境电子商务运营人员", "Cross-Border E-commerce Operation Employee"),
    ]
    assert all(term.definition.endswith("。") for term in terms.value)
    assert terms.codes == []


def test_categories_and_levels_of_the_second_document(staff):
    categories = read(read_categories, between(staff, "4 职业技能分类 ", "5 职业技能等级 ")).value
    assert [each.title for each in categories] == [
        *("产品开发", "产品采购", "店铺运营", "视觉设计", "站内营销", "站外营销"),
        *("数据分析", "外贸综合服务", "物流仓储", "客户服务"),
    ]
    levels = read(read_levels, between(staff, "5 职业技能等级 ", "6 职业技能等级要求描述"))
    assert list(levels.value.descriptions) == ["junior", "intermediate", "senior"]
    assert levels.value.inclusion.kind == "not_stated"
    assert levels.codes == []
    junior = read(
        read_introduction, between(staff, "初级职业技能等级描述 ", "6.1.1"), categories=categories, clause="6.1"
    )
    assert junior.value.assessment.units == "one_unit"
    assert junior.value.assessment.parts == ("materials", "practical", "interview")
    assert [each.title for each in junior.value.categories] == [
        *("产品开发", "产品采购", "店铺运营", "视觉设计", "站内营销", "数据分析", "客户服务", "物流仓储"),
    ]
    assert junior.codes == []
