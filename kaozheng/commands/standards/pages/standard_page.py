"""A standard, or a branch of it, as a page to read and to print."""

from kaozheng.commands.standards import labels
from kaozheng.commands.standards.chosen import Chosen, Item
from kaozheng.commands.standards.labels import Label
from kaozheng.commands.standards.pages import tree
from kaozheng.commands.standards.pages.frame import anchor, below, both, frame, level_table, text
from kaozheng.commands.standards.preamble_text import cited, named
from shared.standards.model import Level, SkillStandard, Unit, WorkTask

_FOOT = Label(
    "由考证系统的数据生成。正式文本以发布机构的文件为准。",
    "Made from the data of this system. The publisher's document is the authoritative text.",
)


def page(chosen: Chosen, origin: str) -> str:
    """Return the page of what was chosen."""
    standard = chosen.standard
    facts = [
        f"代码 code {standard.code}",
        f"编号 number {standard.number}" if standard.number else "",
        f"版本 edition {standard.edition}",
        str(labels.STATUSES[standard.status]),
        str(labels.ORIGINS[origin]),
        *_publisher(standard),
    ]
    main = _whole(standard) if chosen.item is None else _branch(chosen.item)
    return frame(
        what=Label("职业技能等级标准", "Skill standard"),
        title=(standard.title, standard.title_en),
        facts=[fact for fact in facts if fact],
        main=f'<div class="narrow">{main}</div>',
        foot=_FOOT,
    )


def _publisher(standard: SkillStandard) -> list[str]:
    publisher = standard.publisher
    drafted = f"起草单位 drafted by {'、'.join(publisher.drafted_by)}" if publisher.drafted_by else ""
    owner = f"知识产权归属 owner {publisher.owner}" if publisher.owner else ""
    licensee = f"使用权归属 licensee {publisher.licensee}" if publisher.licensee else ""
    return [drafted, owner, licensee]


def _branch(item: Item) -> str:
    if isinstance(item, Level):
        return tree.level(item, {})
    if isinstance(item, Unit):
        branch = tree.unit(item, {})
    elif isinstance(item, WorkTask):
        branch = tree.task(item, {})
    else:
        branch = f'<ul class="requirements">{tree.requirement(item, {})}</ul>'
    return f'<div class="card">{branch}</div>'


def _whole(standard: SkillStandard) -> str:
    scope = standard.scope
    parts = [
        ("scope", labels.SCOPE, below(scope.description, scope.description_en) if scope else ""),
        ("references", labels.REFERENCES, _references(standard)),
        ("terms", labels.TERMS, _terms(standard)),
        ("majors", labels.MAJORS, _majors(standard)),
        ("categories", labels.CATEGORIES, _categories(standard)),
        ("levels", labels.LEVEL_RULES, _rules(standard)),
    ]
    shown = [part for part in parts if part[2]]
    links = [f'<li><a href="#{anchor("part", name)}">{both(*label)}</a></li>' for name, label, _ in shown]
    links += [
        f'<li><a href="#{anchor("level", level.level)}">{both(level.title, level.title_en)}</a></li>'
        for level in standard.levels
    ]
    sections = "".join(
        f'<section class="card" id="{anchor("part", name)}"><h2>{both(*label)}</h2>{body}</section>'
        for name, label, body in shown
    )
    levels = "".join(tree.level(level, {}) for level in standard.levels)
    return f'<nav aria-label="目录 contents"><ul>{"".join(links)}</ul></nav>{sections}{levels}'


def _references(standard: SkillStandard) -> str:
    rows = "".join(
        f'<tr><td class="mono">{text(cited(each))}</td><td>{both(each.title, each.title_en)}</td></tr>'
        for each in standard.references
    )
    return f"<table><tbody>{rows}</tbody></table>" if rows else ""


def _terms(standard: SkillStandard) -> str:
    terms = "".join(
        f'<dt><span class="clause">{text(term.clause)}</span>{both(term.title, term.title_en)}</dt>'
        f"<dd>{below(term.definition, term.definition_en)}</dd>"
        for term in standard.terms
    )
    return f"<dl>{terms}</dl>" if terms else ""


def _majors(standard: SkillStandard) -> str:
    groups = "".join(
        f"<dt>{both(group.title, labels.SCHOOLS[group.school_type].en)}"
        f"{f'（{text(group.catalogue)}）' if group.catalogue else ''}</dt><dd>{text(named(group.majors))}</dd>"
        for group in standard.majors
    )
    return f"<dl>{groups}</dl>" if groups else ""


def _categories(standard: SkillStandard) -> str:
    items = "".join(
        f"<li>{both(each.title, each.title_en)} <code>{text(each.code)}</code></li>" for each in standard.categories
    )
    return f"<ul>{items}</ul>" if items else ""


def _rules(standard: SkillStandard) -> str:
    rule = standard.inclusion
    clause = f'<span class="clause">{text(rule.clause)}</span>' if rule.clause else ""
    return (
        f"<p>{clause}{both(*labels.INCLUSIONS[rule.kind])}</p>{below(rule.description, rule.description_en)}"
        f"{level_table(standard)}"
    )
