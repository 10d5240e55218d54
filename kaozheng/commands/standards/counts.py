"""How much of a standard there is, for lists and reports."""

from typing import NamedTuple

from rich.table import Table
from rich.text import Text

from kaozheng.commands.standards import labels
from kaozheng.commands.visible import visible
from kaozheng.importing.report import Finding, Report
from shared.standards.model import Level, SkillStandard


class Counts(NamedTuple):
    """What one level holds."""

    level: str
    title: str
    title_en: str
    units: int
    tasks: int
    requirements: int
    complete: bool


def of_level(level: Level) -> Counts:
    """Count one level; it is complete if it and all its units are."""
    return Counts(
        level=level.level,
        title=level.title,
        title_en=level.title_en or labels.LEVELS[level.level].en,
        units=len(level.units),
        tasks=sum(len(unit.tasks) for unit in level.units),
        requirements=len(level.requirements),
        complete=level.is_whole,
    )


def of(standard: SkillStandard) -> tuple[Counts, ...]:
    """Count every level."""
    return tuple(of_level(level) for level in standard.levels)


def besides_levels(report: Report) -> list[Finding]:
    """Return what else was found: the counts of each level are told by its row."""
    titles = tuple(label.zh for label in labels.LEVELS.values())
    return [finding for finding in report.found if not finding.what.startswith(titles)]


def table(standard: SkillStandard) -> Table:
    """Return the counts as a table for the terminal."""
    shown = Table()
    for heading in ("等级 level", "单元 units", "任务 tasks", "要求 requirements", "是否完整 whole"):
        is_number = heading.endswith(("units", "tasks", "requirements"))
        shown.add_column(heading, justify="right" if is_number else "left", overflow="fold")
    for each in of(standard):
        whole = str(labels.completeness(is_complete=each.complete))
        title = Text(visible(f"{each.title} {each.title_en}"))
        shown.add_row(title, str(each.units), str(each.tasks), str(each.requirements), whole)
    return shown
