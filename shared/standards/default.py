"""The default blueprint: derived from a standard alone, every requirement of the scope with equal weight."""

from decimal import Decimal

from shared.standards.blueprint import (
    Band,
    Blueprint,
    Criterion,
    Interview,
    Practical,
    PracticalTask,
    Rules,
    check_coverage,
)
from shared.standards.errors import UnitRefused
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask

_POINTS = Decimal(10)
_STEP = Decimal("0.5")
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
_RULES = Rules(
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


def default_blueprint(standard: SkillStandard, level: str, unit: str | None = None) -> Blueprint:
    """Derive the blueprint; raise `LevelUnknown`, or `UnitRefused` for a wrong, missing or incomplete unit."""
    units = _scope(standard.level(level), unit)
    tasks = [task for each in units for task in each.tasks]
    blueprint = Blueprint(
        code=unit or f"{standard.code}:{level}",
        version=1,
        standard=standard.code,
        level=standard.level(level).level,
        unit=unit,
        derived=True,
        practical=Practical(tasks=tuple(_practical_task(task) for task in tasks)),
        interview=Interview(criteria=tuple(_interview_criterion(task) for task in tasks)),
        rules=_RULES,
    )
    check_coverage(blueprint, tuple(requirement.code for each in units for requirement in each.requirements))
    return blueprint


def _scope(level: Level, unit: str | None) -> tuple[Unit, ...]:
    """Return the units to examine, all of them complete."""
    units = level.units if level.assessed_by == "all_units" else _chosen(level, unit)
    if level.assessed_by == "all_units" and unit is not None:
        raise UnitRefused(
            reason_zh="该等级考核全部单元，不能选择单元。", reason_en="this level assesses all its units."
        )
    for each in units:
        if not each.complete:
            raise UnitRefused(
                reason_zh=f"{each.code} 的技能要求不完整，请先导入标准全文。",
                reason_en=f"{each.code} is incomplete; import the full text of the standard first.",
            )
    return units


def _chosen(level: Level, unit: str | None) -> tuple[Unit, ...]:
    units = tuple(each for each in level.units if each.code == unit)
    if not units:
        known = ", ".join(each.code for each in level.units)
        raise UnitRefused(reason_zh=f"须选择以下单元之一：{known}。", reason_en=f"choose one of its units: {known}.")
    return units


def _practical_task(task: WorkTask) -> PracticalTask:
    return PracticalTask(
        code=task.code,
        title=task.title,
        title_en=task.title_en,
        criteria=tuple(_practical_criterion(requirement) for requirement in task.requirements),
    )


def _practical_criterion(requirement: SkillRequirement) -> Criterion:
    return Criterion(
        code=requirement.code,
        title=requirement.title or requirement.description,
        title_en=requirement.title_en or requirement.description_en,
        requirements=(requirement.code,),
        points=_POINTS,
        step=_STEP,
        kind="judged",
        bands=_BANDS,
    )


def _interview_criterion(task: WorkTask) -> Criterion:
    return Criterion(
        code=f"{task.code}:interview",
        title=f"{task.title}：讲解做法并回答追问",
        title_en=f"{task.title_en}: explains the approach and answers follow-up questions",
        requirements=tuple(requirement.code for requirement in task.requirements),
        points=_POINTS * len(task.requirements),
        step=_STEP,
        kind="judged",
        bands=tuple(_scaled(band, len(task.requirements)) for band in _BANDS),
    )


def _scaled(band: Band, factor: int) -> Band:
    return band.model_copy(update={"up_to": band.up_to * factor})
