"""Which standard a document is, and what it keeps of a stored one."""

import pytest

from kaozheng.importing.assemble import understand
from kaozheng.importing.errors import NotAStandard
from kaozheng.importing.identity import name_of
from shared.standards.catalogue import BUILT_IN, Catalogue
from tests.importing.tree.documents import HEAD, TAIL, document, read

BODY = "初级\n工作领域|工作任务|职业技能要求\n1. 平台店铺基础操作|1.1 协助旺铺装修|1.1.1 能种菜。"


def test_a_given_code_and_edition_are_used():
    standard = understand(document(BODY), code="farm", edition="2.0").standard
    assert (standard.code, standard.edition) == ("farm", "2.0")
    assert standard.requirements[0].code == "farm:junior:1.1.1"


def test_without_a_number_the_code_is_made_up_and_doubted():
    imported = understand(document(BODY))
    assert imported.standard.code.startswith("std-")
    assert imported.standard.code == understand(document(BODY)).standard.code
    assert [doubt.code for doubt in imported.report.doubts] == ["code-assigned"]


def test_the_code_comes_from_the_documents_number():
    assert understand(document(BODY, head="T/NCGL 0012-2023\n" + HEAD)).standard.code == "ncgl-0012"


def test_a_stored_standard_of_the_same_title_lends_its_code_and_english():
    stored = BUILT_IN.standard("xb2b")
    head = HEAD.replace("智慧农场管理职业技能等级标准", stored.title)
    standard = understand(document(BODY, head=head)).standard
    assert standard.code == "xb2b"
    assert standard.title_en == stored.title_en
    assert standard.level("junior").units[0].title_en == stored.level("junior").units[0].title_en
    assert standard.requirements[0].description == "能种菜。"


def test_a_stored_unit_keeps_its_code():
    stored = BUILT_IN.standard("kjdzsw")
    title = stored.level("junior").units[0].title
    text = f"6.1 初级\n6.1.1 {title}\nA.能种菜；\nB.能浇水。"
    standard = understand(document(text, head=f"{stored.number}\n" + HEAD)).standard
    assert [unit.code for unit in standard.level("junior").units] == ["kjdzsw:junior:product-development"]
    assert [each.code for each in standard.requirements] == [
        "kjdzsw:junior:product-development:A",
        "kjdzsw:junior:product-development:B",
    ]


def test_an_empty_catalogue_will_do(tmp_path):
    assert understand(document(BODY), code="farm", catalogue=Catalogue(tmp_path)).standard.code == "farm"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("智慧农场管理职业技能等级标准", "智慧农场管理"),
        ("智慧农场管理人员职业技能等级标准（试行）", "智慧农场管理"),
        ("《智慧农场管理职业技能等级要求》", "智慧农场管理"),
    ],
)
def test_the_name_is_the_title_without_what_all_titles_say(title: str, name: str):
    assert name_of(title) == name


def test_the_report_counts_what_was_found_and_names_what_is_missing():
    report = read(BODY).report
    counts = {finding.what_en: finding.count for finding in report.found}
    assert (counts["Junior units"], counts["Junior tasks"], counts["Junior requirements"]) == (1, 1, 1)
    codes = {missing.code for missing in report.missing}
    assert {"references-missing", "terms-missing", "majors-missing", "posts-missing", "level-missing"} <= codes
    assert {"edition-missing", "english-missing"} <= codes


NATIONAL = """网店师国家职业技能标准
3 工作要求
3.1 五级/初级工
职业功能|工作内容|技能要求|相关知识要求
1. 开店|1.1 准备|1.1.1 能注册账号|1.1.1 平台规则
3.2 四级/中级工
职业功能|工作内容|技能要求|相关知识要求
1. 装修|1.1 首页|1.1.1 能装修|1.1.1 美术知识"""


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (NATIONAL, "五级"),
        ("第一章 春天\n那天下着雨，他走进了初级中学的大门。\n1. 他说。", "没有“职业技能要求”一章"),
        ("# Foo\n## Install\npip install foo\n1. Run it", "没有“职业技能要求”一章"),
        ("课程教学大纲\n一、课程目标\n1. 掌握概念\n第一章 绪论\n1.1.1 定义", "没有“职业技能要求”一章"),
        ("招聘启事\n职业技能要求\n会编程\n会英语", "没有写明初级"),
        ("智慧农场职业技能等级标准\n6 职业技能要求\n初级\n待定", "没有读出任何一条"),
        ("- 3 -\n12", "没有内容"),
    ],
)
def test_other_documents_are_refused_with_the_reason(text: str, reason: str):
    with pytest.raises(NotAStandard) as refusal:
        read(text, head="", tail="")
    assert reason in str(refusal.value.fields["reason_zh"])


def test_every_line_is_accounted_for_once():
    lines = document(BODY, head=HEAD, tail=TAIL).lines
    readings = read(BODY).report.readings
    assert [reading.line for reading in readings] == [line.number for line in lines]
    assert all(reading.used_for or reading.fate == "doubtful" for reading in readings)
