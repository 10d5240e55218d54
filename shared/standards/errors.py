"""How a standard or a blueprint says no.

ServiceError
├── StandardUnknown   no standard of that code is stored (404)
├── LevelUnknown      the standard has no such level stored (422)
├── UnitRefused       the unit is missing, unknown, not wanted, or incomplete (422)
├── StandardInvalid   a data file breaks the schema (422)
└── BlueprintInvalid  a blueprint breaks a rule, with the places (422)
"""

from shared.errors import Invalid, NotFound


class StandardUnknown(NotFound):
    """No standard of that code is stored."""

    slug = "standard-unknown"
    zh = "没有此代码的职业技能等级标准；现有：{known}。"
    en = "There is no skill standard of this code; stored are: {known}."


class LevelUnknown(Invalid):
    """The standard has no such level, or it is not stored yet."""

    slug = "level-unknown"
    zh = "标准“{standard}”没有录入此等级；现有：{known}。"
    en = "The standard '{standard}' has no such level stored; stored are: {known}."


class UnitRefused(Invalid):
    """The unit cannot be examined."""

    slug = "unit-refused"
    zh = "不能以此单元考核：{reason_zh}"
    en = "This unit cannot be examined: {reason_en}"


class StandardInvalid(Invalid):
    """A data file does not hold a valid standard."""

    slug = "standard-invalid"
    zh = "标准数据文件“{file}”无效：{reason}"
    en = "The data file '{file}' is no valid standard: {reason}"


class BlueprintInvalid(Invalid):
    """A blueprint does not fit its standard."""

    slug = "blueprint-invalid"
    zh = "考核方案“{code}”无效，请按所列位置更正。"
    en = "The assessment blueprint '{code}' is invalid; correct the listed places."
