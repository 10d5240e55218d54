"""The import report as a page: doubts first, then the original line by line beside the tree that came of it."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from kaozheng.commands.standards import labels
from kaozheng.commands.standards.counts import besides_levels
from kaozheng.commands.standards.labels import Label
from kaozheng.commands.standards.pages import tree
from kaozheng.commands.standards.pages.frame import anchor, both, frame, level_table, text
from kaozheng.importing.report import Doubt, Missing, Reading, Report
from shared.standards.model import SkillStandard

_FOOT = Label(
    "把每一处存疑与原文件核对后，再启用这份数据。",
    "Compare every doubtful place with the original before you use this data.",
)
_MARKS = {"used": "✓", "doubtful": "!", "ignored": "–"}


def page(standard: SkillStandard, report: Report) -> str:
    """Return the page of one import."""
    main = (
        f"{_figures(report)}{_doubts(report.doubts)}{_missing(report.missing)}"
        f'<section class="card"><h2>{both("各等级", "The levels")}</h2>{level_table(standard)}</section>'
        f'<div class="split"><section class="pane card" tabindex="0"><h2>{both("原文", "The original")}</h2>'
        f"{_lines(standard, report)}</section>"
        f'<section class="pane" tabindex="0">{_tree(standard, report.readings)}</section></div>'
    )
    return frame(
        what=Label("导入报告", "Import report"),
        title=(standard.title, standard.title_en),
        facts=[f"文件 file {report.file}", f"代码 code {standard.code}", f"版本 edition {standard.edition}"],
        main=main,
        foot=_FOOT,
    )


def _figures(report: Report) -> str:
    fates: Counter[str] = Counter(reading.fate for reading in report.readings)
    facts = [(fates[fate], f"行{label.zh}", f"lines {label.en}") for fate, label in labels.FATES.items()]
    facts += [(finding.count, finding.what, finding.what_en) for finding in besides_levels(report)]
    items = "".join(f"<li><b>{count}</b><span>{both(zh, en)}</span></li>" for count, zh, en in facts)
    return f'<section><ul class="facts" aria-label="找到了什么 what was found">{items}</ul></section>'


def _doubts(doubts: Sequence[Doubt]) -> str:
    heading = f"<h2>{both(f'存疑 {len(doubts)} 处', f'{len(doubts)} to check')}</h2>"
    if not doubts:
        none = both("没有存疑之处。", "There is nothing doubtful.")
        return f'<section class="card">{heading}<p>{none}</p></section>'
    groups = "".join(_doubt_group(group) for group in grouped(doubts))
    return f'<section class="card">{heading}{groups}</section>'


def grouped(doubts: Sequence[Doubt]) -> list[list[Doubt]]:
    """Return the doubts that have one reason together, in the order in which each reason first comes up."""
    groups: dict[tuple[str, str, str], list[Doubt]] = defaultdict(list)
    for doubt in doubts:
        groups[doubt.code, doubt.reason, doubt.reason_en].append(doubt)
    return list(groups.values())


def _doubt_group(doubts: Sequence[Doubt]) -> str:
    first = doubts[0]
    items = "".join(
        f'<li><a class="place" href="#{anchor("line", doubt.line)}">{text(doubt.place)}</a> '
        f"<q>{text(doubt.excerpt)}</q></li>"
        for doubt in doubts
    )
    return (
        f"<details open><summary>{text(first.reason)} × {len(doubts)}</summary>"
        f'<p lang="en">{text(first.reason_en)} <code>{text(first.code)}</code></p>'
        f'<ul class="doubts">{items}</ul></details>'
    )


def _missing(missing: Sequence[Missing]) -> str:
    if not missing:
        return ""
    items = "".join(f"<li>{both(each.what, each.what_en)} <code>{text(each.code)}</code></li>" for each in missing)
    return f'<section class="card missing"><h2>{both("没有找到", "Not found")}</h2><ul>{items}</ul></section>'


def _lines(standard: SkillStandard, report: Report) -> str:
    known = {node.code for node, _ in standard.nodes()}
    why: Mapping[int, list[Doubt]] = defaultdict(list)
    for doubt in report.doubts:
        why[doubt.line].append(doubt)
    rows = "".join(_line(reading, known, why.get(reading.line, [])) for reading in report.readings)
    return f'<ol class="lines">{rows}</ol>'


def _line(reading: Reading, known: set[str], doubts: Sequence[Doubt]) -> str:
    reasons = "".join(
        f'<span class="why">{text(doubt.reason)} <span lang="en">{text(doubt.reason_en)}</span></span>'
        for doubt in doubts
    )
    became = " ".join(_use(use, known) for use in uses(reading))
    return (
        f'<li class="{reading.fate}" id="{anchor("line", reading.line)}">'
        f'<span class="number" title="{text(reading.place)}">{reading.line}</span>'
        f'<span class="tag {reading.fate}">{_MARKS[reading.fate]} {text(str(labels.FATES[reading.fate]))}</span>'
        f'<span class="text">{text(reading.text)}'
        f'{f"""<span class="became">→ {became}</span>""" if became else ""}{reasons}</span></li>'
    )


def uses(reading: Reading) -> list[str]:
    """Return what a line was used for, one by one."""
    return [use for use in reading.used_for.split("; ") if use]


def _use(use: str, known: set[str]) -> str:
    return (
        f'<a class="mono" href="#{anchor("item", use)}">{text(use)}</a>'
        if use in known
        else f"<span>{text(use)}</span>"
    )


def _tree(standard: SkillStandard, readings: Sequence[Reading]) -> str:
    sources: dict[str, list[int]] = defaultdict(list)
    for reading in readings:
        for use in uses(reading):
            sources[use].append(reading.line)
    return "".join(tree.level(level, sources) for level in standard.levels)
