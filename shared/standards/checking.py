"""Whether a blueprint fits its standard: everything in its scope is assessed, and nothing else."""

from collections.abc import Iterator

from shared.errors import FieldError, ServiceError
from shared.standards.blueprint import Blueprint
from shared.standards.components import Component
from shared.standards.errors import BlueprintInvalid, LevelUnknown, UnitRefused
from shared.standards.model import SkillStandard
from shared.standards.refusing import under
from shared.standards.rules import Marking
from shared.standards.scope import examined_units


def check_blueprint(blueprint: Blueprint, standard: SkillStandard) -> None:
    """Raise `BlueprintInvalid` with every place where a blueprint does not fit the standard that it is for.

    What a blueprint must be whatever its standard is, it refuses itself.
    """
    faults = [*_faults_of_head(blueprint, standard), *_faults_of_rules(blueprint), *_faults_of_requirements(blueprint)]
    if not any(fault.pointer == "/standard" for fault in faults):
        faults += _faults_of_scope(blueprint, standard)
    if faults:
        raise BlueprintInvalid(code=blueprint.code, errors=faults)


def _faults_of_head(blueprint: Blueprint, standard: SkillStandard) -> Iterator[FieldError]:
    if blueprint.standard != standard.code:
        zh = f"方案是为标准 {blueprint.standard} 编制的，不能用于 {standard.code}。"
        en = f"the blueprint is made for the standard {blueprint.standard}, not for {standard.code}."
        yield FieldError("/standard", "standard-differs", zh, en)
    elif blueprint.edition != standard.edition:
        zh = f"方案依据的标准版本是 {blueprint.edition}，不是 {standard.edition}。"
        en = f"the blueprint is made for edition {blueprint.edition} of the standard, not for {standard.edition}."
        yield FieldError("/edition", "edition-differs", zh, en)


def _faults_of_rules(blueprint: Blueprint) -> Iterator[FieldError]:
    for at, component in enumerate(blueprint.components):
        place = f"/components/{at}"
        if not component.line and not blueprint.composition.line:
            zh = "合格线为 0 分时人人合格，请给出大于 0、不超过 100 的合格线。"
            en = "with a pass line of 0 everybody passes; give one above 0 and up to 100."
            yield FieldError(f"{place}/line", "pass-line-missing", zh, en)
        if component.marking:
            yield from under(f"{place}/marking", component.marking.faults_of_policy())
            yield from under(f"{place}/marking", _faults_of_tolerance(component, component.marking))


def _faults_of_tolerance(component: Component, marking: Marking) -> Iterator[FieldError]:
    smallest = min(criterion.smallest_difference for criterion in component.criteria)
    percent = smallest / component.points * 100
    if 0 < marking.tolerance < percent:
        zh = f"两名阅卷员的评分至少相差百分制 {percent:.2f} 分，更小的误差分不起作用：请调大，或设为 0。"
        en = (
            f"two marks differ by at least {percent:.2f} points of a hundred, so a smaller tolerance does nothing: "
            "raise it, or set it to 0."
        )
        yield FieldError("/tolerance", "tolerance-without-effect", zh, en)


def _faults_of_requirements(blueprint: Blueprint) -> Iterator[FieldError]:
    """A criterion names each requirement once, or its weight would be counted wrongly."""
    for place, criterion in blueprint.criteria():
        for index, code in enumerate(criterion.requirements):
            if code in criterion.requirements[:index]:
                zh, en = f"{code} 在此要点中重复。", f"{code} is named twice by this criterion."
                yield FieldError(f"{place}/requirements/{index}", "requirement-repeated", zh, en)


def _faults_of_scope(blueprint: Blueprint, standard: SkillStandard) -> Iterator[FieldError]:
    try:
        units = examined_units(standard, blueprint.level, blueprint.unit)
    except LevelUnknown as error:
        yield _told("/level", error)
        return
    except UnitRefused as error:
        yield _told("/unit", error)
        return
    wanted = {requirement.code: requirement.words for unit in units for requirement in unit.requirements}
    assessed = set(blueprint.requirements)
    for code, words in wanted.items():
        if code not in assessed:
            zh = f"没有考核要点对应技能要求 {code}（{words}），请在某个要点的 requirements 中列出。"
            en = f"no criterion assesses {code}; name it among the requirements of one."
            yield FieldError("/components", "requirement-not-assessed", zh, en)
    for place, criterion in blueprint.criteria():
        for index, code in enumerate(criterion.requirements):
            if code not in wanted:
                zh, en = f"{code} 不在考核范围内，请删除。", f"{code} is outside the scope; remove it."
                yield FieldError(f"{place}/requirements/{index}", "requirement-out-of-scope", zh, en)


def _told(place: str, error: ServiceError) -> FieldError:
    return FieldError(place, error.slug, error.message("zh"), error.message("en"))
