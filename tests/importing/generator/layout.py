"""Lays a known standard out as blocks: the sections of a 1+X document around its requirements."""

from collections.abc import Iterator

from tests.importing.generator import grid
from tests.importing.generator.blocks import Block, Heading, Line, Paragraph
from tests.importing.generator.known import Known, KnownLevel
from tests.importing.generator.style import Style

SCHOOLS = {"secondary": "中等职业学校", "higher": "高等职业学校", "applied_bachelor": "应用型本科学校"}
#: What publishers call sections 3 to 6.
NAMES = (
    ("术语和定义", "对应院校专业", "面向工作岗位（群）", "职业技能要求"),
    ("术语与定义", "面向院校专业领域", "面向职业岗位（群）", "职业技能等级要求"),
    ("术语和定义", "适用院校专业", "面向工作岗位（群）", "职业技能要求"),
)


def lay_out(known: Known, style: Style) -> list[Block]:
    """Return the whole document."""
    return [*_front(known, style), *_preamble(known, style), *_requirements(known, style), *_end()]


def _front(known: Known, style: Style) -> Iterator[Block]:
    yield Heading(known.title)
    if style.contents:
        sections = ["前言", *_section_names(style), "参考文献"]
        yield Heading("目  次")
        yield from (Line(f"{name}{'.' * 12}{page}") for page, name in enumerate(sections, 1))
    yield Heading("前  言")
    yield Paragraph("本标准按照 GB/T 1.1-2009 的规则起草。")
    yield Paragraph(f"本标准起草单位：{known.trade}研究院、青禾教育科技有限公司。")


def _section_names(style: Style) -> tuple[str, ...]:
    names = ("范围", "规范性引用文件", *NAMES[style.names % len(NAMES)])
    return tuple(f"{number} {name}" for number, name in enumerate(names, 1))


def _preamble(known: Known, style: Style) -> Iterator[Block]:
    scope, references, terms, majors, posts, _ = _section_names(style)
    yield from (Heading(scope), Paragraph(f"本标准规定了{known.trade}职业技能等级的工作领域与要求。{known.scope}"))
    yield from (Heading(references), Paragraph("下列文件是使用本标准时必须查阅的文件，未注明年份的以最新版本为准。"))
    yield from (Paragraph(f"{each.printed} {each.title}") for each in known.references)
    yield from (Heading(terms), Paragraph("下列术语和定义适用于本标准。"))
    for number, term in enumerate(known.terms, 1):
        yield Heading(f"3.{number} {term.title} {term.english}", 2)
        yield Paragraph(term.definition)
    yield Heading(majors)
    yield from (Paragraph(f"{SCHOOLS[kind]}：{'、'.join(named)}等专业。") for kind, named in known.majors.items())
    yield Heading(posts)
    for level in known.levels:
        yield Paragraph(f"{_named(known, level)}：主要面向{level.employer}，{'、'.join(level.posts)}等岗位。")


def _named(known: Known, level: KnownLevel) -> str:
    return f"【{known.trade}】（{level.title}）"


def _requirements(known: Known, style: Style) -> Iterator[Block]:
    yield Heading(_section_names(style)[-1])
    yield Heading("6.1 职业技能等级划分", 2)
    count = {1: "一", 2: "两", 3: "三"}[len(known.levels)]
    names = "、".join(level.title for level in known.levels)
    yield Paragraph(
        f"{known.trade}职业技能等级分为{count}个等级：{names}，由低到高逐级提升，高级别包含低级别的全部技能要求。"
    )
    yield from (Paragraph(f"{_named(known, level)}：{level.description}") for level in known.levels)
    yield Heading("6.2 职业技能等级要求描述", 2)
    for number, level in enumerate(known.levels, 1):
        yield _caption(known, level, number, style)
        yield from grid.requirements(known, level, style)


def _caption(known: Known, level: KnownLevel, number: int, style: Style) -> Block:
    whole = f"{known.trade}职业技能等级要求"
    headings = {"6.2.1 初级": level.title, "6.2.1 …（初级）": f"{whole}（{level.title}）"}
    if style.caption in headings:
        return Heading(f"6.2.{number} {headings[style.caption]}", 3)
    lines = {
        "表 1 …（初级）": f"表 {number} {whole}（{level.title}）",
        "表1…（初级）": f"表{number}{whole}({level.title})",
        "【…】（初级）": _named(known, level),
        "（初级）": f"（{level.title}）",
        "初级": level.title,
    }
    return Line(lines[style.caption])


def _end() -> Iterator[Block]:
    yield Heading("参考文献")
    yield Paragraph("[1]青禾教育科技有限公司. 岗位能力调研报告[R]. 2020.")
    yield Paragraph("[2]青禾教育科技有限公司. 1.2.3 类岗位的分析方法[M]. 2021.")
