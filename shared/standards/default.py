"""The default blueprint: derived from a standard alone, every requirement of the scope with equal weight."""

from decimal import Decimal

from shared.standards.blueprint import Blueprint
from shared.standards.checking import check_blueprint
from shared.standards.components import Component, Task
from shared.standards.criteria import Band, Criterion
from shared.standards.model import SkillRequirement, SkillStandard, WorkTask
from shared.standards.rules import Composition, Marking, Panel
from shared.standards.scope import examined_units

DEFAULT_STEP = Decimal("0.5")
DEFAULT_MARKING = Marking(scheme="two_one_arbitration", tolerance=Decimal(5), no_straddle=True)
DEFAULT_PANEL = Panel(size=3, aggregate="mean")
#: Each component's own line decides; figures are shown with two places.
DEFAULT_COMPOSITION = Composition(line=Decimal(0), step=Decimal("0.01"))
_LINE = Decimal(60)
_POINTS = Decimal(10)
#: From 0 to 3, each with its description, as WorldSkills asks of every judged aspect.
_BANDS = (
    Band(band=0, up_to=Decimal(0), title="未完成或不可用", title_en="Not done, or of no use"),
    Band(
        band=1,
        up_to=Decimal(4),
        title="部分完成，有影响使用的错误",
        title_en="Partly done, with faults that hinder use",
    ),
    Band(
        band=2,
        up_to=Decimal(8),
        title="完成，有不影响使用的瑕疵",
        title_en="Done, with blemishes that do not hinder use",
    ),
    Band(band=3, up_to=Decimal(10), title="完整、准确，可直接使用", title_en="Complete, accurate and ready for use"),
)


def default_blueprint(standard: SkillStandard, level: str, unit: str | None = None) -> Blueprint:
    """Derive the blueprint; raise `LevelUnknown`, or `UnitRefused` for a wrong, missing or incomplete unit."""
    units = examined_units(standard, level, unit)
    tasks = [task for each in units for task in each.tasks]
    chosen = f" · {units[0].title}" if unit else ""
    chosen_en = f" · {units[0].english}" if unit else ""
    found = standard.level(level)
    blueprint = Blueprint(
        code=unit or f"{standard.code}:{level}",
        version=1,
        title=f"{standard.title}（{found.title}）{chosen}默认考核方案",
        title_en=f"Default blueprint: {standard.english} ({found.english}){chosen_en}",
        standard=standard.code,
        edition=standard.edition,
        level=found.level,
        unit=unit,
        derived=True,
        components=(_practical(tasks), _interview(tasks)),
        composition=DEFAULT_COMPOSITION,
    )
    check_blueprint(blueprint, standard)
    return blueprint


def _practical(tasks: list[WorkTask]) -> Component:
    return Component(
        code="practical",
        title="实操考试",
        title_en="Practical exam",
        kind="works",
        line=_LINE,
        weight=Decimal("0.7"),
        marking=DEFAULT_MARKING,
        tasks=tuple(_practical_task(task) for task in tasks),
    )


def _practical_task(task: WorkTask) -> Task:
    return Task(
        code=task.code,
        title=task.title,
        title_en=task.english,
        criteria=tuple(_practical_criterion(requirement) for requirement in task.requirements),
    )


def _practical_criterion(requirement: SkillRequirement) -> Criterion:
    return Criterion(
        code=requirement.code,
        title=requirement.words,
        title_en=requirement.english,
        requirements=(requirement.code,),
        points=_POINTS,
        step=DEFAULT_STEP,
        kind="banded",
        bands=_BANDS,
    )


def _interview(tasks: list[WorkTask]) -> Component:
    asked = Task(
        code="interview",
        title="讲解与追问",
        title_en="Explanation and questions",
        criteria=tuple(_interview_criterion(task) for task in tasks),
    )
    return Component(
        code="interview",
        title="面试",
        title_en="Interview",
        kind="panel",
        line=_LINE,
        weight=Decimal("0.3"),
        panel=DEFAULT_PANEL,
        tasks=(asked,),
    )


def _interview_criterion(task: WorkTask) -> Criterion:
    return Criterion(
        code=f"{task.code}:interview",
        title=f"{task.title}：讲解做法并回答追问",
        title_en=f"{task.english}: explains the approach and answers follow-up questions",
        requirements=tuple(requirement.code for requirement in task.requirements),
        points=_POINTS * len(task.requirements),
        step=DEFAULT_STEP,
        kind="banded",
        bands=tuple(_scaled(band, len(task.requirements)) for band in _BANDS),
    )


def _scaled(band: Band, factor: int) -> Band:
    return Band(band=band.band, up_to=band.up_to * factor, title=band.title, title_en=band.title_en)
