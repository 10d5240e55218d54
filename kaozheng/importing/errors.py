"""How an import says no.

ServiceError
├── Unreadable     the file is of no kind we read, broken, locked, empty or too large
└── NotAStandard   the file was read, but is no skill standard of this layout
"""

from shared.errors import Invalid


class Unreadable(Invalid):
    """The file cannot be read."""

    slug = "file-unreadable"
    zh = "无法读取“{file}”：{reason_zh}"
    en = "Cannot read '{file}': {reason_en}"


class NotAStandard(Invalid):
    """The document is no skill standard of the GB/T 1.1 layout."""

    slug = "not-a-standard"
    zh = "“{file}”不是职业技能等级标准：{reason_zh}"
    en = "'{file}' is no skill standard: {reason_en}"
