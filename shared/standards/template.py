"""A blueprint to start from: the derived one as a file that people go on writing, with every requirement named."""

from collections.abc import Iterator

import yaml

from shared.standards.authoring import DERIVED_MARK
from shared.standards.blueprint import Blueprint
from shared.standards.components import Component, Task
from shared.standards.criteria import BlueprintPart, Criterion, plain
from shared.standards.default import default_blueprint
from shared.standards.model import SkillStandard

_SCALE = "usual"
_HEAD = """\
# 考核方案草稿：由标准推导，每项要求各一个实操要点，可直接使用；请按本机构的任务改写。
# A draft derived from the standard, a criterion for each requirement; valid as it is, meant to be rewritten.
# 科目 kind: works（交作品，匿名阅卷）| panel（考评员面试）。
# 要点 kind: measured（可量）| judged（评判，0 至 3 四档）| banded（分档）。
# marking、panel、composition 可省略，省略的用默认值。
# version: 内容有变时加 1；已用于考核计划的版本不能再改。 Raise it with every change; a version once used never changes.
"""


def template(standard: SkillStandard, level: str, unit: str | None = None) -> str:
    """Return a YAML file to start from, which is valid unchanged; raise what `default_blueprint` raises."""
    return _HEAD + "\n".join(_lines(default_blueprint(standard, level, unit), standard)) + "\n"


def _lines(blueprint: Blueprint, standard: SkillStandard) -> Iterator[str]:
    yield f"code: {_text(blueprint.code.replace(DERIVED_MARK, '-').replace('.', '-').lower())}"
    yield "version: 1"
    yield f"title: {_text(blueprint.title.replace('默认考核方案', '考核方案'))}"
    yield f"title_en: {_text(blueprint.title_en.replace('Default blueprint', 'Blueprint'))}"
    yield f"standard: {_text(blueprint.standard)}"
    yield f"edition: {_text(standard.edition)}"
    yield f"level: {blueprint.level}"
    if blueprint.unit:
        yield f"unit: {_text(blueprint.unit)}"
    yield from _scale(next(criterion for _, criterion in blueprint.criteria()))
    yield "components:"
    for component in blueprint.components:
        yield from _component(component, standard)
    yield "composition:"
    yield from _values(blueprint.composition, "  ")


def _component(component: Component, standard: SkillStandard) -> Iterator[str]:
    yield f"  - code: {component.code}"
    yield f"    title: {_text(component.title)}"
    yield f"    title_en: {_text(component.title_en)}"
    yield f"    kind: {component.kind}"
    yield f"    line: {component.line}"
    yield f"    weight: {component.weight}"
    for name, rules in (("marking", component.marking), ("panel", component.panel)):
        if rules:
            yield f"    {name}:"
            yield from _values(rules, "      ")
    yield f"    total: {component.points}"
    yield "    tasks:"
    for task in component.tasks:
        yield from _task(task, standard)


def _values(rules: BlueprintPart, indent: str) -> Iterator[str]:
    for name, value in rules:
        yield f"{indent}{name}: {str(value).lower() if isinstance(value, bool) else value}"


def _scale(criterion: Criterion) -> Iterator[str]:
    """The scale that all criteria share; what a band goes up to becomes a percentage."""
    yield from ("scales:", f"  {_SCALE}:")
    for band in criterion.bands:
        yield f"    - band: {band.band}"
        yield f"      percent: {plain(band.up_to / criterion.points * 100)}"
        yield f"      title: {_text(band.title)}"
        yield f"      title_en: {_text(band.title_en)}"


def _task(task: Task, standard: SkillStandard) -> Iterator[str]:
    yield f"      - code: {_text(task.code)}"
    yield f"        title: {_text(task.title)}"
    yield f"        title_en: {_text(task.title_en)}"
    yield f"        total: {task.points}"
    yield "        criteria:"
    for criterion in task.criteria:
        yield from _criterion(criterion, standard, "          ")


def _criterion(criterion: Criterion, standard: SkillStandard, indent: str) -> Iterator[str]:
    for code in criterion.requirements:
        requirement = standard.requirement(code)
        yield f"{indent}# {_comment(f'{requirement.clause} {requirement.description}')}"
    yield f"{indent}- code: {_text(criterion.code)}"
    yield f"{indent}  title: {_text(criterion.title)}"
    yield f"{indent}  title_en: {_text(criterion.title_en)}"
    yield f"{indent}  requirements:"
    yield from (f"{indent}    - {_text(code)}" for code in criterion.requirements)
    yield f"{indent}  points: {criterion.points}"
    if criterion.step:
        yield f"{indent}  step: {criterion.step}"
    yield f"{indent}  kind: {criterion.kind}"
    yield f"{indent}  bands: {_SCALE}"


def _text(text: str) -> str:
    """Return a text in quotation marks, whatever is in it."""
    return str(yaml.safe_dump(text, default_style='"', allow_unicode=True, width=float("inf"))).strip()


def _comment(text: str) -> str:
    """Return a text on one line, without what YAML does not take even in a comment."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
