"""Levels and their trees, written for the terminal."""

from functools import singledispatch

from kaozheng.commands.standards import counts, labels
from kaozheng.commands.standards.paper import Paper
from kaozheng.commands.standards.preamble_text import named
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask


def write_rules(paper: Paper, standard: SkillStandard) -> None:
    """Write how the levels relate, and how much each holds."""
    paper.heading(*labels.LEVEL_RULES)
    inclusion = standard.inclusion
    where = f"（{inclusion.clause}）" if inclusion.clause else ""
    paper.line(f"{labels.INCLUSION}{where}: {labels.INCLUSIONS[inclusion.kind]}", indent=1)
    paper.below(inclusion.description, inclusion.description_en, indent=2)
    paper.table(counts.table(standard))


@singledispatch
def write(item: object, paper: Paper, indent: int = 0) -> None:
    """Write an item of the tree and all below it."""
    raise TypeError(f"{item} has no place in the tree of {paper}, indented {indent}")


@write.register
def _level(item: Level, paper: Paper, indent: int = 0) -> None:
    number = counts.of_level(item)
    paper.line()
    title = f"{item.title} {item.title_en or labels.LEVELS[item.level].en}"
    amount = f"{number.units} 单元 units · {number.tasks} 任务 tasks · {number.requirements} 要求 requirements"
    whole = "" if number.complete else f" · {labels.PARTIAL}"
    paper.line(f"{title}  {amount}{whole}", mark=item.clause or "", indent=indent, style="bold cyan")
    paper.below(item.description, item.description_en, indent=indent + 1)
    rule = item.assessment
    parts = "、".join(str(labels.PARTS[part]) for part in rule.parts)
    how = f"{labels.SCOPES[rule.units]}" + (f"；{parts}" if parts else "")
    where = f"（{rule.clause}）" if rule.clause else ""
    paper.line(f"{labels.ASSESSMENT}{where}: {how}", indent=indent + 1)
    paper.below(rule.description, rule.description_en, indent=indent + 2)
    if item.posts:
        if item.posts.employers:
            paper.line(f"{labels.EMPLOYERS}: {named(item.posts.employers)}", indent=indent + 1)
        paper.line(f"{labels.POSTS}: {named(item.posts.posts)}", indent=indent + 1)
    for unit in item.units:
        write(unit, paper, indent + 1)


@write.register
def _unit(item: Unit, paper: Paper, indent: int = 0) -> None:
    whole = "" if item.complete else f"  [{labels.PARTIAL}]"
    paper.both(item.title, f"{item.title_en or ''}{whole}", mark=item.clause, indent=indent, style="bold")
    for task in item.tasks:
        if is_spelled_out(item, task):
            write(task, paper, indent + 1)
        else:
            for requirement in task.requirements:
                write(requirement, paper, indent + 1)


@write.register
def _task(item: WorkTask, paper: Paper, indent: int = 0) -> None:
    paper.both(item.title, item.title_en, mark=item.clause, indent=indent, style="green")
    for requirement in item.requirements:
        write(requirement, paper, indent + 1)


@write.register
def _requirement(item: SkillRequirement, paper: Paper, indent: int = 0) -> None:
    mark = item.clause
    if item.title:
        paper.both(item.title, item.title_en, mark=mark, indent=indent)
        mark, indent = "", indent + 1
    whole = "" if item.complete else f"  [{labels.PARTIAL}]"
    paper.below(item.description + whole, item.description_en, mark=mark, indent=indent)


def is_spelled_out(unit: Unit, task: WorkTask) -> bool:
    """Tell whether a task is the document's own, and not the one that a category without tasks has for all."""
    return len(unit.tasks) > 1 or task.title != unit.title
