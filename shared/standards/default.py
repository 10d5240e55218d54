"""The default blueprint: derived from a standard alone, every requirement of the scope with equal weight."""

from decimal import Decimal

from shared.standards.blueprint import Blueprint, Interview, Practical, PracticalTask
from shared.standards.checking import check_blueprint
from shared.standards.criteria import Band, Criterion
from shared.standards.model import SkillRequirement, SkillStandard, WorkTask
from shared.standards.rules import Rules
from shared.standards.scope import examined_units

DEFAULT_STEP = Decimal("0.5")
DEFAULT_RULES = Rules(
    tolerance=Decimal(5),
    scheme="two_one_arbitration",
    no_straddle=True,
    rounding_places=2,
    panel_size=3,
    panel_aggregate="mean",
    pass_line_practical=Decimal(60),
    pass_line_interview=Decimal(60),
    weight_practical=Decimal("0.7"),
    weight_interview=Decimal("0.3"),
)
_POINTS = Decimal(10)
#: Judged from 0 to 3, each with its description, as WorldSkills asks of every judged aspect.
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
        practical=_practical(tasks),
        interview=_interview(tasks),
        rules=DEFAULT_RULES,
    )
    check_blueprint(blueprint, standard)
    return blueprint


def _practical(tasks: list[WorkTask]) -> Practical:
    made = tuple(_practical_task(task) for task in tasks)
    return Practical(total=sum((task.points for task in made), Decimal(0)), tasks=made)


def _practical_task(task: WorkTask) -> PracticalTask:
    return PracticalTask(
        code=task.code,
        title=task.title,
        title_en=task.english,
        total=_POINTS * len(task.requirements),
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
        kind="judged",
        bands=_BANDS,
    )


def _interview(tasks: list[WorkTask]) -> Interview:
    criteria = tuple(_interview_criterion(task) for task in tasks)
    return Interview(total=sum((criterion.points for criterion in criteria), Decimal(0)), criteria=criteria)


def _interview_criterion(task: WorkTask) -> Criterion:
    return Criterion(
        code=f"{task.code}:interview",
        title=f"{task.title}：讲解做法并回答追问",
        title_en=f"{task.english}: explains the approach and answers follow-up questions",
        requirements=tuple(requirement.code for requirement in task.requirements),
        points=_POINTS * len(task.requirements),
        step=DEFAULT_STEP,
        kind="judged",
        bands=tuple(_scaled(band, len(task.requirements)) for band in _BANDS),
    )


def _scaled(band: Band, factor: int) -> Band:
    return Band(band=band.band, up_to=band.up_to * factor, title=band.title, title_en=band.title_en)
