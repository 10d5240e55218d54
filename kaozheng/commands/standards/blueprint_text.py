"""A blueprint, written for the terminal."""

from kaozheng.commands.standards.labels import LEVELS, Label
from kaozheng.commands.standards.paper import Paper
from shared.standards.blueprint import Blueprint
from shared.standards.components import Component
from shared.standards.criteria import BlueprintPart, Criterion

_KINDS = {
    "measured": Label("可量", "measured"),
    "judged": Label("评判", "judged"),
    "banded": Label("分档", "banded"),
}
_RULES = {
    "tolerance": Label("误差分", "tolerance"),
    "scheme": Label("阅卷方式", "scheme"),
    "no_straddle": Label("两评不得跨合格线", "marks must not straddle the pass line"),
    "size": Label("考评员人数", "examiners"),
    "aggregate": Label("合分方式", "how their scores combine"),
    "line": Label("总分合格线", "pass line of the total"),
    "step": Label("成绩步长", "step of figures"),
}


def write_blueprint(paper: Paper, blueprint: Blueprint) -> None:
    """Write what is scored, for how many points, and by which rules."""
    write_summary(paper, blueprint)
    for component in blueprint.components:
        _write_component(paper, component)
    paper.heading("合成", "composition")
    _write_rules(paper, blueprint.composition)


def write_summary(paper: Paper, blueprint: Blueprint) -> None:
    """Write which blueprint it is, and whether anybody authored it."""
    paper.both(blueprint.title, blueprint.title_en, style="bold")
    origin = Label("由标准推导", "derived from the standard") if blueprint.derived else Label("编制", "authored")
    facts = [
        f"代码 code {blueprint.code}",
        f"版本 version {blueprint.version}",
        str(origin),
        f"{blueprint.standard}@{blueprint.edition} {LEVELS[blueprint.level]}",
        f"单元 unit {blueprint.unit}" if blueprint.unit else "",
        f"{len(blueprint.requirements)} 要求 requirements",
        f"{sum(1 for _ in blueprint.criteria())} 要点 criteria",
    ]
    paper.line(" · ".join(filter(None, facts)), style="dim")


def _write_component(paper: Paper, component: Component) -> None:
    paper.heading(f"{component.title} {component.points} 分", f"{component.title_en}, {component.points} points")
    paper.line(f"合格线 line: {component.line}, 权重 weight: {component.weight}", indent=1)
    for rules in filter(None, (component.marking, component.panel)):
        _write_rules(paper, rules)
    for task in component.tasks:
        paper.both(task.title, task.title_en, mark=task.code, indent=1, style="green")
        for criterion in task.criteria:
            _write_criterion(paper, criterion)


def _write_rules(paper: Paper, rules: BlueprintPart) -> None:
    for name, value in rules:
        paper.line(f"{_RULES[name]}: {value}", indent=1)


def _write_criterion(paper: Paper, criterion: Criterion) -> None:
    points = f"{criterion.points} 分 points, {_KINDS[criterion.kind]}"
    points += f", 步长 step {criterion.step}" if criterion.step else ""
    paper.both(criterion.title, criterion.title_en, mark=criterion.code, indent=2)
    paper.line(f"{points} ← {', '.join(criterion.requirements)}", indent=3, style="dim")
