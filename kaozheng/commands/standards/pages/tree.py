"""The tree of a level as markup, for the page of a standard and for the import report."""

from collections.abc import Mapping, Sequence

from kaozheng.commands.standards import counts, labels
from kaozheng.commands.standards.pages.frame import anchor, below, both, text
from kaozheng.commands.standards.preamble_text import named
from kaozheng.commands.standards.tree_text import is_spelled_out
from shared.standards.model import Level, SkillRequirement, Unit, WorkTask

#: Where in the original an item was read, by its code.
Sources = Mapping[str, Sequence[int]]


def level(item: Level, sources: Sources) -> str:
    """Return a level with its rules, posts and units."""
    number = counts.of_level(item)
    amount = f"{number.units} 单元 units · {number.tasks} 任务 tasks · {number.requirements} 要求 requirements"
    rule = item.assessment
    parts = "".join(f"<li>{both(*labels.PARTS[part])}</li>" for part in rule.parts)
    posts = ""
    if item.posts:
        posts = "".join(
            f"<p>{both(*label)}: {text(named(names))}</p>"
            for label, names in ((labels.EMPLOYERS, item.posts.employers), (labels.POSTS, item.posts.posts))
            if names
        )
    return (
        f'<section class="card level" id="{anchor("level", item.level)}">'
        f"<h2>{_clause(item.clause)}{both(item.title, item.title_en or labels.LEVELS[item.level].en)} "
        f"{_whole(is_complete=number.complete)}</h2><p>{text(amount)}</p>"
        f"{below(item.description, item.description_en)}"
        f"<h3>{both(*labels.ASSESSMENT)}</h3><p>{_clause(rule.clause)}{both(*labels.SCOPES[rule.units])}</p>"
        f"{f'<ul>{parts}</ul>' if parts else ''}{below(rule.description, rule.description_en)}{posts}"
        f"{''.join(unit(each, sources) for each in item.units)}</section>"
    )


def unit(item: Unit, sources: Sources) -> str:
    """Return a work area or skill category."""
    tasks = "".join(task(each, sources, is_titled=is_spelled_out(item, each)) for each in item.tasks)
    return (
        f'<section class="unit"><h3 id="{anchor("item", item.code)}">{_clause(item.clause)}'
        f"{both(item.title, item.title_en)} {_whole(is_complete=item.complete)}{_from(item.code, sources)}</h3>"
        f"{tasks}</section>"
    )


def task(item: WorkTask, sources: Sources, *, is_titled: bool = True) -> str:
    """Return a work task with its requirements."""
    title = (
        f'<h4 id="{anchor("item", item.code)}">{_clause(item.clause)}{both(item.title, item.title_en)}'
        f"{_from(item.code, sources)}</h4>"
    )
    requirements = "".join(requirement(each, sources) for each in item.requirements)
    return f'<div class="task">{title if is_titled else ""}<ul class="requirements">{requirements}</ul></div>'


def requirement(item: SkillRequirement, sources: Sources) -> str:
    """Return one requirement."""
    title = f"<p><b>{both(item.title, item.title_en)}</b></p>" if item.title else ""
    translation = f'<p lang="en">{text(item.description_en)}</p>' if item.description_en else ""
    return (
        f'<li id="{anchor("item", item.code)}">{_clause(item.clause)}{title}{text(item.description)}'
        f"{_whole(is_complete=item.complete)}{_from(item.code, sources)}{translation}</li>"
    )


def _clause(clause: str | None) -> str:
    return f'<span class="clause">{text(clause)}</span>' if clause else ""


def _whole(*, is_complete: bool) -> str:
    return "" if is_complete else f'<span class="tag bad">{text(str(labels.PARTIAL))}</span>'


def _from(code: str, sources: Sources) -> str:
    links = "、".join(f'<a href="#{anchor("line", line)}">{line}</a>' for line in sources.get(code, ()))
    return f'<span class="from">行 line {links}</span>' if links else ""
