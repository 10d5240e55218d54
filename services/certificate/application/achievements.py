"""What a plan's certificates say: taken from the edition of the skill standard that the plan was published on."""

import asyncio

from services.certificate.application.errors import RequirementUnknown, UnitUnknown
from services.certificate.application.records import Plan
from services.certificate.domain.credential import Achievement, Requirement
from shared.standards import Level, SkillStandard, Unit
from shared.standards.catalogue import BUILT_IN, Catalogue

_CRITERIA = (
    "实操考试与面试均合格，考核覆盖所列 {count} 项职业技能要求。"
    "Passed both the practical examination and the interview, which covered the {count} skill requirements listed."
)


def achievement_for(catalogue: Catalogue, plan: Plan, requirements: tuple[str, ...]) -> Achievement:
    """Return what is certified; raise if the edition is not stored, or lacks the level, unit or a requirement."""
    # before editions were told there were only the built-in standards
    source = catalogue if plan.edition else BUILT_IN
    standard = source.standard(plan.standard, plan.edition)
    level = standard.level(plan.level)
    unit = _unit(standard, level, plan.unit)
    return Achievement(
        standard=standard.code,
        level=level.level,
        standard_title=standard.title,
        standard_title_en=standard.english,
        level_title=level.title,
        level_title_en=level.english,
        unit_title=unit.title if unit else None,
        unit_title_en=unit.english if unit else None,
        criteria=_CRITERIA.format(count=len(requirements)),
        requirements=tuple(_requirement(standard, code) for code in requirements),
        unit=plan.unit,
    )


async def check_plans(catalogue: Catalogue, plans: list[Plan]) -> None:
    """Refuse plans for which no certificate could be made, here and not at each result."""

    def check() -> None:
        for plan in plans:
            achievement_for(catalogue, plan, ())

    await asyncio.to_thread(check)  # it may read files


def _unit(standard: SkillStandard, level: Level, code: str | None) -> Unit | None:
    if code is None:
        return None
    for unit in level.units:
        if unit.code == code:
            return unit
    raise UnitUnknown(standard=standard.code, code=code)


def _requirement(standard: SkillStandard, code: str) -> Requirement:
    try:
        return Requirement(code, standard.requirement(code).words)
    except KeyError:
        raise RequirementUnknown(standard=standard.code, code=code) from None
