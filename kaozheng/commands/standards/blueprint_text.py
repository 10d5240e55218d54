"""A blueprint, written for the terminal."""

from kaozheng.commands.standards.labels import LEVELS, Label
from kaozheng.commands.standards.paper import Paper
from shared.standards.blueprint import Blueprint
from shared.standards.criteria import Criterion

_KINDS = {
    "measured": Label("可量", "measured"),
    "judged": Label("评判", "judged"),
    "banded": Label("分档", "banded"),
}
_RULES = {
    "tolerance": Label("误差分", "tolerance"),
    "scheme": Label("阅卷方式", "scheme"),
    "no_straddle": Label("两评不得跨合格线", "marks must not straddle the pass line"),
    "rounding_places": Label("小数位数", "decimal places"),
    "panel_size": Label("面试考评员人数", "examiners of an interview"),
    "panel_aggregate": Label("面试合分", "how panel marks combine"),
    "pass_line_practical": Label("实操合格线", "pass line, practical"),
    "pass_line_interview": Label("面试合格线", "pass line, interview"),
    "weight_practical": Label("实操权重", "weight, practical"),
    "weight_interview": Label("面试权重", "weight, interview"),
}


def write_blueprint(paper: Paper, blueprint: Blueprint) -> None:
    """Write what is scored, for how many points, and by which rules."""
    write_summary(paper, blueprint)
    paper.heading(f"实操考试 {blueprint.practical.points} 分", f"practical exam, {blueprint.practical.points} points")
    for task in blueprint.practical.tasks:
        paper.both(task.title, task.title_en, mark=task.code, indent=1, style="green")
        for criterion in task.criteria:
            _write_criterion(paper, criterion)
    paper.heading(f"面试 {blueprint.interview.points} 分", f"interview, {blueprint.interview.points} points")
    for criterion in blueprint.interview.criteria:
        _write_criterion(paper, criterion)
    paper.heading("规则", "rules")
    for name, value in blueprint.rules:
        paper.line(f"{_RULES[name]}: {value}", indent=1)


def write_summary(paper: Paper, blueprint: Blueprint) -> None:
    """Write which blueprint it is, and whether anybody authored it."""
    paper.both(blueprint.title or blueprint.code, blueprint.title_en, style="bold")
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


def _write_criterion(paper: Paper, criterion: Criterion) -> None:
    points = f"{criterion.points} 分 points, {_KINDS[criterion.kind]}, 步长 step {criterion.step}"
    paper.both(criterion.title, criterion.title_en, mark=criterion.code, indent=2)
    paper.line(f"{points} ← {', '.join(criterion.requirements)}", indent=3, style="dim")
