"""What a plan's certificates say: taken from the skill standard."""

from functools import lru_cache

from services.certificate.application.errors import RequirementUnknown
from services.certificate.application.records import Plan
from services.certificate.domain.credential import Achievement, Requirement
from shared.standards import Level, SkillStandard, Unit, load_standard

_CRITERIA = (
    "实操考试与面试均合格，考核覆盖所列 {count} 项职业技能要求。"
    "Passed both the practical examination and the interview, which covered the {count} skill requirements listed."
)


@lru_cache(maxsize=256)
def achievement_for(plan: Plan, requirements: tuple[str, ...]) -> Achievement:
    """Return what is certified; raise if the standard lacks the level, unit or a requirement."""
    standard = load_standard(plan.standard)
    level = standard.level(plan.level)
    unit = _unit(level, plan.unit)
    return Achievement(
        standard=standard.code,
        level=level.level,
        standard_title=standard.title,
        standard_title_en=standard.title_en,
        level_title=level.title,
        level_title_en=level.title_en,
        unit_title=unit.title if unit else None,
        unit_title_en=unit.title_en if unit else None,
        criteria=_CRITERIA.format(count=len(requirements)),
        requirements=tuple(_requirement(standard, code) for code in requirements),
    )


def _unit(level: Level, code: str | None) -> Unit | None:
    return next((unit for unit in level.units if unit.code == code), None)


def _requirement(standard: SkillStandard, code: str) -> Requirement:
    try:
        found = standard.requirement(code)
    except KeyError:
        raise RequirementUnknown(standard=standard.code, code=code) from None
    return Requirement(code, found.title or found.description)
