"""How a standard or a blueprint says no.

ServiceError
├── StandardUnknown   no standard of that code, or no such edition of it, is stored (404)
├── BlueprintUnknown  no blueprint of that code, or no such version of it, is stored (404)
├── LevelUnknown      the standard has no such level stored (422)
├── UnitRefused       the unit is missing, unknown, not wanted, or incomplete (422)
├── StandardInvalid   a data file holds no valid standard, with the places (422)
├── BlueprintInvalid  a blueprint breaks a rule, with the places (422)
│   └── BlueprintFileInvalid  its file does, with the lines (422)
├── StandardExists    the edition is stored with other content (409)
├── VersionExists     the version of a blueprint is stored with other content (409)
└── FolderUnusable    the folder of imported standards is missing or cannot be written (503)
"""

from shared.errors import Conflict, Invalid, NotFound, Unavailable


class StandardUnknown(NotFound):
    """No standard of that code, or no such edition of it, is stored."""

    slug = "standard-unknown"
    zh = "没有此代码或此版本的职业技能等级标准“{code}”；现有：{known}。"
    en = "There is no skill standard or edition '{code}'; stored are: {known}."


class BlueprintUnknown(NotFound):
    """No blueprint of that code, or no such version of it, is stored."""

    slug = "blueprint-unknown"
    zh = "没有此代码或此版本的考核方案“{code}”；现有：{known}。"
    en = "There is no assessment blueprint or version '{code}'; stored are: {known}."


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
    """A data file does not hold a valid standard. `errors` has all its faults, each with its line."""

    slug = "standard-invalid"
    zh = "标准数据文件“{file}”无效：{reason_zh}"
    en = "The data file '{file}' is no valid standard: {reason_en}"


class BlueprintInvalid(Invalid):
    """A blueprint does not fit its standard."""

    slug = "blueprint-invalid"
    zh = "考核方案“{code}”无效，请按所列位置更正。"
    en = "The assessment blueprint '{code}' is invalid; correct the listed places."


class StandardExists(Conflict):
    """The same edition is stored already, with other content."""

    slug = "standard-exists"
    zh = "标准 {code} 的版本 {edition} 已存在且内容不同；如确需替换，请明确要求替换。"
    en = "Edition {edition} of the standard {code} is stored with other content; ask for a replacement if you mean it."


class VersionExists(Conflict):
    """The version of a blueprint is stored with other content; a plan may have used it."""

    slug = "blueprint-version-exists"
    zh = "考核方案 {code} 的版本 {version} 已存在且内容不同；请在文件中把 version 加 1。"
    en = "Version {version} of the blueprint {code} is stored with other content; raise `version` in the file."


class FolderUnusable(Unavailable):
    """Imported standards cannot be kept: there is no folder for them, or it cannot be written."""

    slug = "standards-folder-unusable"
    zh = "无法保存标准：{reason_zh}"
    en = "The standard cannot be kept: {reason_en}"


class BlueprintFileInvalid(BlueprintInvalid):
    """A data file does not hold a valid blueprint. `errors` has all its faults, each with its line."""

    zh = "考核方案文件“{file}”无效：{reason_zh}"
    en = "The file '{file}' is no valid assessment blueprint: {reason_en}"
