"""What is wrong at which place of a data file, in Chinese and English: pydantic's findings and our own rules."""

import re
from dataclasses import dataclass
from typing import Any, get_args

from pydantic_core import ErrorDetails

from shared.errors import FieldError
from shared.standards.codes import Edition, ItemCode, StandardCode


@dataclass(frozen=True, slots=True)
class LocatedError(FieldError):
    """A fault of a file: `pointer` says where in the data, `line` and `column` (from 1) where in the text.

    The words name the place too. A fault of the file as a whole, such as its size, has no line.
    """

    line: int | None = None
    column: int | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """A fault that has no place yet. `about` is a value of the file that the fault is about, such as a code."""

    code: str
    zh: str
    en: str
    about: str | None = None

    def at(self, pointer: str, line: int, column: int) -> LocatedError:
        """Return the fault with its place, which its words name too."""
        zh = f"第 {line} 行第 {column} 列：{self.zh}"
        en = f"line {line}, column {column}: {self.en}"
        return LocatedError(pointer=pointer, code=self.code, zh=zh, en=en, line=line, column=column)

    def of_file(self) -> LocatedError:
        """Return the fault as one of the file as a whole."""
        return LocatedError(pointer="", code=self.code, zh=self.zh, en=self.en)


def _pattern(code: Any) -> str:
    """Return the pattern of one of the kinds of codes."""
    return str(get_args(code)[1].pattern)


#: Pydantic's error type (or its start, if it ends in `_`) -> Chinese, English. `{x}` is a value of pydantic's context.
_TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("缺少 {field}。", "{field} is missing."),
    "extra_forbidden": (
        "没有 {field} 这个字段，请删除或改正拼写。",
        "There is no field {field}; remove or correct it.",
    ),
    "invalid_key": ("字段名须为文字。", "The name of a field must be text."),
    "string_type": ("应为文字{quotes_zh}。", "This must be text{quotes_en}."),
    "string_too_short": ("不能为空。", "This must not be empty."),
    "string_too_long": ("最多 {max_length} 个字符。", "At most {max_length} characters."),
    "string_pattern_mismatch": ("格式不符：{form_zh}。", "This does not have the required form: {form_en}."),
    "string_": ("不是有效的文字。", "This is no valid text."),
    "literal_error": ("只能是 {choice}。", "This must be one of: {choice}."),
    "int_": ("应为整数。", "This must be a whole number."),
    "bool_": ("应为 true 或 false。", "This must be true or false."),
    "decimal_": ("应为有效的十进制数。", "This must be a valid decimal number."),
    "finite_number": ("应为有限的数。", "This must be a finite number."),
    "tuple_type": ("应为列表。", "This must be a list."),
    "too_short": ("至少 {min_length} 项。", "At least {min_length} items."),
    "too_long": ("最多 {max_length} 项。", "At most {max_length} items."),
    "model_": ("应为带字段的对象。", "This must be an object with fields."),
    "dict_type": ("应为带字段的对象。", "This must be an object with fields."),
    "greater_than_equal": ("不得小于 {ge}。", "This must be at least {ge}."),
    "greater_than": ("必须大于 {gt}。", "This must be greater than {gt}."),
    "less_than_equal": ("不得大于 {le}。", "This must be at most {le}."),
    "less_than": ("必须小于 {lt}。", "This must be less than {lt}."),
}

#: Pattern of a code -> what it asks for.
_FORMS: dict[str, tuple[str, str]] = {
    _pattern(StandardCode): (
        "以小写字母开头，只用小写字母、数字和连字符，如 xb2b",
        "a small letter, then small letters, digits and hyphens, such as xb2b",
    ),
    _pattern(Edition): (
        "以数字或字母开头，只用字母、数字、点和连字符，如 2021",
        "a digit or letter, then letters, digits, dots and hyphens, such as 2021",
    ),
    _pattern(ItemCode): (
        "标准代码:等级:条号，如 xb2b:junior:1.1",
        "standard:level:clause, such as xb2b:junior:1.1",
    ),
}

#: What the rules of `model` say in English -> the same in Chinese. `about` is where to look.
_RULES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), zh)
    for pattern, zh in (
        (r"level (?P<level>.*) does not agree with code (?P<about>.*)", "等级 {level} 与代码 {about} 不一致。"),
        (r"unit (?P<about>.*) is marked complete but has no work task", "单元 {about} 标为完整，却没有工作任务。"),
        (
            r"unit (?P<about>.*) is marked complete but has an incomplete requirement",
            "单元 {about} 标为完整，却有不完整的技能要求。",
        ),
        (r"level (?P<about>.*) is marked complete but has no unit", "等级 {about} 标为完整，却没有单元。"),
        (r"a level is given twice", "同一等级出现了两次。"),
        (r"code (?P<about>.*) is given twice", "代码 {about} 出现了两次。"),
        (r"code (?P<about>.*) does not lie under (?P<parent>.*)", "代码 {about} 不在 {parent} 之下。"),
        (
            r"unit (?P<about>.*) belongs to the unknown category (?P<category>.*)",
            "单元 {about} 所属的职业技能分类 {category} 没有列出。",
        ),
    )
)


def found(error: ErrorDetails) -> Finding:
    """Return what pydantic has found in words for people."""
    kind, told = error["type"], error.get("ctx") or {}
    if {"zh", "en"} <= told.keys():  # a rule of a blueprint says itself what it wants
        return Finding(kind, told["zh"], told["en"])
    if kind == "value_error":
        return _rule(error["msg"].removeprefix("Value error, "))
    texts = _TEXTS.get(kind) or next(
        (texts for start, texts in _TEXTS.items() if start.endswith("_") and kind.startswith(start)), None
    )
    if texts is None:
        return Finding(kind, f"此值无效（{error['msg']}）。", f"This value is not valid ({error['msg']}).")
    context = _context(error)
    return Finding(kind, texts[0].format_map(context), texts[1].format_map(context))


def _context(error: ErrorDetails) -> dict[str, Any]:
    context: dict[str, Any] = dict(error.get("ctx") or {})
    context["field"] = error["loc"][-1] if error["loc"] else "?"
    pattern = str(context.get("pattern"))
    context["form_zh"], context["form_en"] = _FORMS.get(pattern, (pattern, pattern))
    context["choice"] = str(context.get("expected", "")).replace(" or ", ", ").replace("'", "")
    quoting = isinstance(error["input"], bool | int | float) or hasattr(error["input"], "isoformat")
    # unquoted, YAML reads 2.0 as a number, `no` as a truth value and 2023-01-01 as a date
    context["quotes_zh"] = "，请加引号" if quoting else ""
    context["quotes_en"] = "; put it in quotation marks" if quoting else ""
    return context


def _rule(message: str) -> Finding:
    for pattern, zh in _RULES:
        match = pattern.fullmatch(message)
        if match:
            return Finding("rule", zh.format_map(match.groupdict()), f"{message}.", match.groupdict().get("about"))
    return Finding("rule", f"不符合规则（{message}）。", f"{message}.")
