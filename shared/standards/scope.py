"""What one examination covers: all units of a level, or the one that is chosen; nothing that the source leaves open."""

from shared.standards.errors import UnitRefused
from shared.standards.model import Level, SkillStandard, Unit

_IMPORT_ZH, _IMPORT_EN = "请先导入标准全文。", "import the full text of the standard first."


def examined_units(standard: SkillStandard, level: str, unit: str | None) -> tuple[Unit, ...]:
    """Return the units to examine, all of them complete; raise `LevelUnknown`, or `UnitRefused` with the reason."""
    found = standard.level(level)
    if not found.units:
        raise _refused(
            f"本标准现有文本未列出{found.title}的职业技能要求，{_IMPORT_ZH}",
            f"the text at hand does not state the skill requirements of the {found.level} level; {_IMPORT_EN}",
        )
    if found.assessment.units == "not_stated":
        raise _refused(
            f"本标准现有文本未说明{found.title}如何考核，{_IMPORT_ZH}",
            f"the text at hand does not state how the {found.level} level is assessed; {_IMPORT_EN}",
        )
    return _all_units(found, unit) if found.assessment.units == "all_units" else (_chosen(found, unit),)


def _all_units(level: Level, unit: str | None) -> tuple[Unit, ...]:
    if unit is not None:
        raise _refused("该等级考核全部单元，不能选择单元。", "this level assesses all its units; choose none.")
    if not level.complete:
        raise _refused(
            f"{level.title}考核全部单元，而现有文本没有列全，{_IMPORT_ZH}",
            f"the {level.level} level assesses all its units, and the text at hand does not state all; {_IMPORT_EN}",
        )
    for each in level.units:
        _refuse_incomplete(each)
    return level.units


def _chosen(level: Level, unit: str | None) -> Unit:
    for each in level.units:
        if each.code == unit:
            _refuse_incomplete(each)
            return each
    ready = [each for each in level.units if each.complete]
    if not ready:
        raise _refused(
            f"{level.title}没有一个单元的技能要求是完整的，{_IMPORT_ZH}",
            f"no unit of the {level.level} level is complete; {_IMPORT_EN}",
        )
    raise _refused(
        f"该等级须选择以下单元之一：{'、'.join(f'{each.code}（{each.title}）' for each in ready)}。",
        f"this level is assessed by one unit; choose one of: {', '.join(each.code for each in ready)}.",
    )


def _refuse_incomplete(unit: Unit) -> None:
    if not unit.complete:
        raise _refused(
            f"{unit.code}（{unit.title}）的技能要求不完整，{_IMPORT_ZH}", f"{unit.code} is incomplete; {_IMPORT_EN}"
        )


def _refused(zh: str, en: str) -> UnitRefused:
    return UnitRefused(reason_zh=zh, reason_en=en)
