"""What the two built-in standards hold: written down here a second time, from the documents."""

import re
from typing import Any

import pytest

from shared.standards import SkillStandard, UnitRefused, default_blueprint, load_standard

#: Level → (clause, title) of each area → (clause, title) of each task → how many requirements it has.
XB2B = {
    "junior": {
        ("1", "平台店铺基础操作"): {("1.1", "协助旺铺装修"): 3, ("1.2", "协助店铺数据运营"): 3},
        ("2", "线上跨境交易"): {("2.1", "外贸跟单"): 3, ("2.2", "单证制作"): 3},
    },
    "intermediate": {
        ("1", "平台店铺运营"): {("1.1", "平台店铺基础建设"): 3, ("1.2", "数据分析运营"): 3},
        ("2", "平台店铺营销"): {("2.1", "市场调研与文案撰写"): 2, ("2.2", "营销推广"): 3},
        ("3", "基础全网营销"): {("3.1", "海外客户数据分析"): 2, ("3.2", "营销执行"): 3},
        ("4", "线上跨境交易"): {("4.1", "线上合同签署"): 2, ("4.2", "客户服务"): 2},
    },
    "senior": {
        ("1", "运营分析与策划方案制定"): {("1.1", "数据分析"): 7, ("1.2", "运营方案制定"): 4},
        ("2", "全网营销"): {("2.1", "国际搜索引擎优化"): 6, ("2.2", "海外社交媒体营销"): 2},
        ("3", "跨境贸易"): {("3.1", "流程制定及分析"): 2, ("3.2", "贸易谈判与客户服务"): 2},
    },
}
#: Unit → clause, title, the letters of its requirements.
KJDZSW = {
    "product-development": ("6.1.1", "初级产品开发技能", "AB"),
    "purchasing": ("6.1.2", "初级采购技能", "ABC"),
    "store-operation": ("6.1.3", "初级店铺运营技能", "ABC"),
    "visual-design": ("6.1.4", "初级视觉设计技能", "AB"),
    "on-site-marketing": ("6.1", "站内营销", ""),
    "data-analysis": ("6.1", "数据分析", ""),
    "customer-service": ("6.1", "客服", ""),
    "warehousing-logistics": ("6.1", "物流仓储", ""),
}
WHOLE = ("product-development", "purchasing", "store-operation")
CJK = re.compile(r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")


@pytest.fixture(scope="module")
def xb2b() -> SkillStandard:
    return load_standard("xb2b")


@pytest.fixture(scope="module")
def kjdzsw() -> SkillStandard:
    return load_standard("kjdzsw")


@pytest.fixture(params=["xb2b", "kjdzsw"])
def standard(request: pytest.FixtureRequest) -> SkillStandard:
    return load_standard(request.param)


def test_xb2b_says_what_it_is(xb2b):
    assert (xb2b.code, xb2b.number, xb2b.edition) == ("xb2b", None, "undated")
    assert xb2b.title == "跨境电商B2B数据运营职业技能等级标准"
    assert xb2b.publisher.drafted_by == ("清华大学国家服务外包人力资源研究院", "阿里巴巴（中国）教育科技有限公司")
    assert (xb2b.publisher.owner, xb2b.publisher.licensee) == ("清华大学", "阿里巴巴（中国）教育科技有限公司")
    assert xb2b.categories == ()


def test_xb2b_has_the_whole_tree_of_the_document(xb2b):
    assert {
        level.level: {
            (unit.clause, unit.title): {(task.clause, task.title): len(task.requirements) for task in unit.tasks}
            for unit in level.units
        }
        for level in xb2b.levels
    } == XB2B


@pytest.mark.parametrize(
    ("level", "table", "counts", "covered"),
    [("junior", "表1", (2, 4, 12), 12), ("intermediate", "表2", (4, 8, 20), 32), ("senior", "表3", (3, 6, 23), 55)],
)
def test_xb2b_has_the_counts_of_the_document(xb2b, level, table, counts, covered):
    found = xb2b.level(level)
    assert (found.clause, found.complete) == (table, True)
    assert (len(found.units), sum(len(unit.tasks) for unit in found.units), len(found.requirements)) == counts
    assert len(xb2b.covers(level)) == covered


def test_xb2b_codes_are_the_clauses_of_their_level(xb2b):
    assert [requirement.code for requirement in xb2b.requirements] == [
        f"xb2b:{level}:{task}.{number}"
        for level, areas in XB2B.items()
        for tasks in areas.values()
        for (task, _), count in tasks.items()
        for number in range(1, count + 1)
    ]
    assert all(node.code == f"xb2b:{node.level}:{node.clause}" for node, _ in xb2b.nodes())


def test_xb2b_senior_covers_all_levels_lowest_first(xb2b):
    assert xb2b.covers("senior") == xb2b.requirements
    assert len(xb2b.requirements) == 55
    assert (xb2b.inclusion.kind, xb2b.inclusion.clause) == ("higher_includes_lower", "6.1")


def test_xb2b_assesses_all_units_and_states_no_parts(xb2b):
    for level in xb2b.levels:
        assert (level.assessment.units, level.assessment.parts) == ("all_units", ())
        assert "没有规定" in level.assessment.description


def test_xb2b_names_majors_and_posts(xb2b):
    assert {(majors.school_type, majors.title): len(majors.majors) for majors in xb2b.majors} == {
        ("secondary", "中等职业学校"): 4,
        ("higher", "高等职业学校"): 9,
        ("applied_bachelor", "应用型本科学校"): 7,
    }
    for level in xb2b.levels:
        assert [employer.title for employer in level.posts.employers] == ["跨境电子商务应用和服务企业"]
        assert [post.title for post in level.posts.posts] == ["跨境电商运营", "跨境电商营销和销售"]


def test_terms_and_references_are_counted(xb2b, kjdzsw):
    assert [term.clause for term in xb2b.terms] == [f"3.{number}" for number in range(1, 12)]
    assert [term.clause for term in kjdzsw.terms] == [f"3.{number}" for number in range(1, 6)]
    assert [(reference.number, reference.year) for reference in xb2b.references] == [
        ("GB/T 1.1", 2009),
        ("GB/T 36311", None),
        ("GB/T 35408", None),
        ("GB/T 31232.1", None),
        ("GB/T 31232.2", None),
    ]
    assert [(reference.number, reference.year) for reference in kjdzsw.references] == [
        ("GB/T 36311", 2018),
        ("GB/T 35408", 2017),
        ("GB/T 40105", 2021),
        ("GB/Z 42007", 2022),
        ("GB/T 41825", 2022),
    ]


def test_kjdzsw_says_what_it_is_and_leaves_out_what_the_source_does_not_state(kjdzsw):
    assert (kjdzsw.number, kjdzsw.edition) == ("T/KJDZSW 0001-2023", "2023")
    assert kjdzsw.title == "跨境电商运营人员职业技能等级标准"
    assert (kjdzsw.publisher.drafted_by, kjdzsw.publisher.owner, kjdzsw.publisher.licensee) == ((), None, None)
    assert kjdzsw.majors == ()
    assert kjdzsw.inclusion.kind == "not_stated"
    assert [level.level for level in kjdzsw.levels] == ["junior", "intermediate", "senior"]
    assert not any(level.posts or level.complete for level in kjdzsw.levels)


def test_kjdzsw_has_ten_categories(kjdzsw):
    assert [category.code for category in kjdzsw.categories] == [
        "product-development",
        "purchasing",
        "store-operation",
        "visual-design",
        "on-site-marketing",
        "off-site-marketing",
        "data-analysis",
        "foreign-trade-services",
        "warehousing-logistics",
        "customer-service",
    ]


def test_kjdzsw_junior_has_the_units_that_6_1_names(kjdzsw):
    units = kjdzsw.level("junior").units
    assert [(unit.code, unit.category, unit.clause, unit.title) for unit in units] == [
        (f"kjdzsw:junior:{slug}", slug, clause, title) for slug, (clause, title, _) in KJDZSW.items()
    ]
    assert [unit.category for unit in units if unit.complete] == list(WHOLE)


def test_kjdzsw_requirements_stand_under_one_task_for_each_heading(kjdzsw):
    for unit in kjdzsw.level("junior").units:
        clause, title, letters = KJDZSW[unit.category]
        tasks = [(task.code, task.clause, task.title) for task in unit.tasks]
        assert tasks == ([(f"{unit.code}:requirements", clause, title)] if letters else [])
        found = [(requirement.code, requirement.clause) for requirement in unit.requirements]
        assert found == [(f"{unit.code}:{letter}", letter) for letter in letters]
    assert [requirement.code for requirement in kjdzsw.requirements if not requirement.complete] == [
        "kjdzsw:junior:visual-design:B"
    ]


def test_kjdzsw_level_covers_only_itself(kjdzsw):
    assert kjdzsw.covers("junior") == kjdzsw.level("junior").requirements
    assert len(kjdzsw.covers("junior")) == 10
    assert kjdzsw.covers("intermediate") == kjdzsw.covers("senior") == ()


def test_kjdzsw_junior_is_assessed_by_one_unit_in_three_parts(kjdzsw):
    assessment = kjdzsw.level("junior").assessment
    assert (assessment.units, assessment.clause) == ("one_unit", "6.1")
    assert assessment.parts == ("materials", "practical", "interview")


@pytest.mark.parametrize("level", ["intermediate", "senior"])
def test_kjdzsw_higher_levels_are_described_but_hold_nothing(kjdzsw, level):
    found = kjdzsw.level(level)
    assert (found.clause, found.units, found.assessment.units, found.assessment.parts) == ("5", (), "not_stated", ())
    assert "没有说明" in found.assessment.description
    with pytest.raises(UnitRefused, match=rf"does not state the skill requirements of the {level} level"):
        default_blueprint(kjdzsw, level)


@pytest.mark.parametrize("level", list(XB2B))
def test_each_xb2b_level_can_be_examined(xb2b, level):
    expected = tuple(requirement.code for requirement in xb2b.level(level).requirements)
    assert default_blueprint(xb2b, level).requirements == expected


@pytest.mark.parametrize("slug", list(KJDZSW))
def test_only_complete_kjdzsw_units_can_be_examined(kjdzsw, slug):
    code = f"kjdzsw:junior:{slug}"
    requirements = tuple(f"{code}:{letter}" for letter in KJDZSW[slug][2])
    if slug in WHOLE:
        assert default_blueprint(kjdzsw, "junior", code).requirements == requirements
    else:
        with pytest.raises(UnitRefused, match=rf"{code} is incomplete; import the full text"):
            default_blueprint(kjdzsw, "junior", code)


def stored_texts(node: Any) -> list[tuple[str, str, str | None]]:
    """Return every text that people read: the field, the Chinese, the English."""
    if isinstance(node, list):
        return [text for each in node for text in stored_texts(each)]
    if not isinstance(node, dict):
        return []
    own = [(name, node[name], node[f"{name}_en"]) for name in ("title", "description", "definition") if node.get(name)]
    return own + [text for each in node.values() for text in stored_texts(each)]


def test_every_text_has_its_english_and_neither_is_mixed(standard):
    texts = stored_texts(standard.model_dump(mode="json"))
    assert len(texts) > 50
    for field, chinese, english in texts:
        assert english, chinese
        assert not CJK.search(english), english
        assert field == "title" or english.endswith((".", ")")), english
        assert CJK.search(chinese) or chinese == "B2B", chinese
        assert not re.search(r"[a-z]{3}|[,;:?!()]|(?<![0-9A-Z])\.", chinese), chinese


def test_english_requirement_begins_with_what_the_person_does(standard):
    for requirement in standard.requirements:
        assert re.match(r"[A-Z][a-z]+s ", requirement.description_en), requirement.description_en
