"""The two built-in standards against the documents themselves, read roughly and without our importer.

Codes and titles are as printed, everything printed is there, and what should be in our own words is.
"""

import re
import unicodedata
from pathlib import Path
from typing import Any

import pytest

from shared.standards import SkillStandard, load_standard

ORIGINALS = Path(__file__).parents[3] / "shared" / "seeds"
LEVELS = ("junior", "intermediate", "senior")
#: Characters in a row that our wording may share with a document, not counting the terms below.
LONGEST = 8
#: Words that have no synonym: they may be repeated, and a description must keep those of its requirement.
TERMS = (
    *("IP", "PV", "SEO", "B2B", "跨境电子商务", "跨境电商", "数据运营", "工作领域", "工作任务", "运营人员"),
    *("货代托书", "装箱单", "报关单", "报关委托书", "发票", "议付资料", "信用证", "保险单", "报价单"),
    *("商检证", "原产地证", "通关", "检验检疫", "退税", "结汇", "海关数据", "外贸", "法律法规"),
    *("搜索引擎", "社交媒体", "全网营销", "关键词", "关键字", "橱窗", "询盘", "软文", "外链", "算法", "爆款"),
    *("人均访问页数", "销量", "转化率", "跳出率", "地域分布", "流量", "性价比", "类目", "供应商", "竞争对手"),
)

pytestmark = pytest.mark.skipif(not ORIGINALS.is_dir(), reason="the documents themselves are not at hand")


def original(prefix: str) -> str:
    files = list(ORIGINALS.glob(f"{prefix}_*.txt"))
    assert len(files) == 1
    return files[0].read_text(encoding="utf-8")


def folded(text: str) -> str:
    """Return a text without marks, spaces and punctuation, in half width and lower case."""
    plain = re.sub(r"<[^>]+>", "", text)
    return re.sub(r"[^0-9a-z\u4e00-\u9fff]", "", unicodedata.normalize("NFKC", plain).lower())


@pytest.fixture(scope="module")
def first() -> str:
    return original("000")


@pytest.fixture(scope="module")
def second() -> str:
    # the number of the document stands at the foot of each page, in the middle of the text
    return re.sub(r" \d T/KJDZSW 0001-2023(?= [^跨])", "", original("002"))


@pytest.fixture(scope="module")
def xb2b() -> SkillStandard:
    return load_standard("xb2b")


@pytest.fixture(scope="module")
def kjdzsw() -> SkillStandard:
    return load_standard("kjdzsw")


def printed_levels(text: str) -> dict[str, tuple[dict[str, str], dict[str, str]]]:
    """Return, for each level, the titles of its areas and tasks by clause, and the words of its requirements."""
    body = text.partition("## 6.2")[2].partition("## 参考文献")[0]
    tables = re.split(r"^表 ?\d .*$", body, flags=re.MULTILINE)[1:]
    return dict(zip(LEVELS, map(printed_table, tables), strict=True))


def printed_table(table: str) -> tuple[dict[str, str], dict[str, str]]:
    titles, words = {}, ""
    for row in table.splitlines():
        *heads, last = re.sub(r"<[^>]+>", " ", row).split("\t")
        for head in heads:
            if found := re.fullmatch(r"\s*(\d(?:\.\d)?)\.? (\S+)\s*", head):
                titles[found[1]] = found[2]
        words += last if "职业技能要求" not in last else ""
    parts = re.split(r"(\d\.\d\.\d) ", words)[1:]
    return titles, dict(zip(parts[::2], parts[1::2], strict=True))


def printed_requirements(text: str) -> dict[str, dict[str, str]]:
    """Return the requirements of each headed category: heading → letter → words."""
    parts = re.split(r"(6\.1\.\d 初级\S+技能)", text)[1:]
    return {
        heading: dict(re.findall(r"([A-Z])\. ?(.+?)(?=[;。] ?(?:[A-Z]\.|$)|\n|$)", words.strip()))
        for heading, words in zip(parts[::2], parts[1::2], strict=True)
    }


def test_xb2b_areas_and_tasks_are_printed_so(first, xb2b):
    for level, (titles, _) in printed_levels(first).items():
        nodes = [each for unit in xb2b.level(level).units for each in (unit, *unit.tasks)]
        assert [(node.clause, node.title) for node in nodes] == list(titles.items())


def test_every_printed_xb2b_requirement_is_stored_and_no_other(first, xb2b):
    printed = printed_levels(first)
    codes = [f"xb2b:{level}:{clause}" for level, (_, words) in printed.items() for clause in words]
    assert len(codes) == 55
    assert [requirement.code for requirement in xb2b.requirements] == codes


def test_requirement_over_a_page_break_is_one(first, xb2b):
    words = printed_levels(first)["senior"][1]["2.1.6"]
    assert "算法" in words
    assert words.strip().endswith("优化计划。")
    stored = xb2b.requirement("xb2b:senior:2.1.6").description
    assert all(word in stored for word in ("算法", "收录", "排名", "竞争对手", "优化"))


def test_terms_of_a_xb2b_requirement_are_kept(first, xb2b):
    for level, (_, words) in printed_levels(first).items():
        for clause, printed in words.items():
            stored = xb2b.requirement(f"xb2b:{level}:{clause}").description
            assert [term for term in TERMS if term in printed and term not in stored] == [], stored


def test_xb2b_terms_and_references_are_printed_so(first, xb2b):
    terms = re.findall(r"^### \**(3\.\d+) (.+?)\**$", first, flags=re.MULTILINE)
    assert [(clause, folded(term)) for clause, term in terms] == [
        (term.clause, folded(f"{term.title}{term.title_en}")) for term in xb2b.terms
    ]
    section = first.partition("## 2 规范性引用文件")[2].partition("## 3 ")[0]
    references = re.findall(r"^(GB/T [\d.]+)(?:-(\d{4}))? (.+)$", section, flags=re.MULTILINE)
    assert [(number, int(year) if year else None, folded(title)) for number, year, title in references] == [
        (reference.number, reference.year, folded(reference.title)) for reference in xb2b.references
    ]


def test_xb2b_majors_posts_and_organisations_are_printed_so(first, xb2b):
    majors = re.findall(r"^\*\*(.+)：\*\*(.+)等专业。$", first, flags=re.MULTILINE)
    assert majors == [(each.title, "、".join(major.title for major in each.majors)) for each in xb2b.majors]
    posts = re.findall(r"（(..)）：\*\*主要面向(.+?)，(.+)等岗位。", first)
    assert posts == [
        (
            level.title,
            "、".join(each.title for each in level.posts.employers),
            "、".join(each.title for each in level.posts.posts),
        )
        for level in xb2b.levels
    ]
    publisher = xb2b.publisher
    assert f"起草单位：{'、'.join(publisher.drafted_by)}。" in first
    assert f"归属于{publisher.owner}，使用权归属于{publisher.licensee}，" in first


def test_kjdzsw_head_terms_and_references_are_printed_so(second, kjdzsw):
    assert f"{kjdzsw.number} {kjdzsw.title} 1 范围" in second
    terms = re.findall(r"(3\.\d) (\S+) ([A-Z][A-Za-z -]+?) ", second)
    assert [clause for clause, *_ in terms] == [term.clause for term in kjdzsw.terms]
    for term in kjdzsw.terms:
        assert folded(f"{term.clause}{term.title}{term.title_en}") in folded(second)
    references = re.findall(r"(GB/[TZ] \d+)-(\d{4}) (\S+?)[;。]", second)
    assert references == [(each.number, str(each.year), each.title) for each in kjdzsw.references]


def test_kjdzsw_categories_are_printed_so(second, kjdzsw):
    stated = re.search(r"分为如下几类:(.+?)和客户服务等。", second)[1]
    assert folded("".join(category.title for category in kjdzsw.categories)) == folded(f"{stated}客户服务")
    eligible = re.search(r"描述 能运用(.+?)等技能", second)[1]
    slugs = [unit.category for unit in kjdzsw.level("junior").units]
    names = {category.code: category.title for category in kjdzsw.categories} | {
        "purchasing": "采购",
        "customer-service": "客服",
    }
    assert [names[slug] for slug in slugs] == re.split("[、和]", eligible.replace(" ", ""))


def test_every_printed_kjdzsw_requirement_is_stored_and_no_other(second, kjdzsw):
    units = [unit for unit in kjdzsw.level("junior").units if unit.tasks]
    assert {f"{unit.clause} {unit.title}": [each.clause for each in unit.requirements] for unit in units} == {
        heading: list(words) for heading, words in printed_requirements(second).items()
    }
    last = printed_requirements(second)["6.1.4 初级视觉设计技能"]["B"]
    assert last.endswith("和")


def own_words(node: Any) -> list[str]:
    """Return the descriptions and definitions of a standard."""
    if isinstance(node, list):
        return [text for each in node for text in own_words(each)]
    if not isinstance(node, dict):
        return []
    own = [node[name] for name in ("description", "definition") if name in node]
    return own + [text for each in node.values() for text in own_words(each)]


def longest_shared(text: str, document: str) -> tuple[int, str]:
    """Return the longest run that both have, by its length without the terms."""
    terms = "|".join(sorted((folded(term) for term in TERMS), key=len, reverse=True))
    best, start = (0, ""), 0
    for end in range(1, len(text) + 1):
        while text[start:end] not in document:
            start += 1
        run = text[start:end]
        best = max(best, (len(re.sub(terms, "", run)), run))
    return best


@pytest.mark.parametrize("code", ["xb2b", "kjdzsw"])
def test_descriptions_and_definitions_are_in_our_own_words(first, second, code):
    texts = own_words(load_standard(code).model_dump(mode="json"))
    assert len(texts) > 20
    for document in (folded(first), folded(second)):
        for text in texts:
            shared, run = longest_shared(folded(text), document)
            assert shared <= LONGEST, run


def test_a_copied_sentence_would_be_found(first):
    words = printed_levels(first)["senior"][1]["2.2.2"]
    assert longest_shared(folded(f"某人{words}"), folded(first))[0] > LONGEST


def test_no_name_of_a_person_is_stored(first, xb2b):
    persons = re.search(r"主要起草人：(.+)。", first)[1].split("、")
    stored = xb2b.model_dump_json()
    assert len(persons) == 12
    assert not [person for person in persons if person in stored]
