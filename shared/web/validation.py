"""Pydantic's findings as located faults in both languages, without the values that were sent."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from pydantic_core import PydanticCustomError

from shared.errors import FieldError

#: What field names and criterion codes look like. Longer runs of digits are numbers of somebody.
_NAME = re.compile(r"(?!.*\d{5})[A-Za-z_][A-Za-z0-9_.:/~-]{0,63}", re.ASCII)
#: Stands in a pointer for a name that is not repeated.
UNNAMED = "?"

#: Pydantic's error type (or the start of it) -> Chinese, English. `{x}` is a limit from pydantic's context.
_TEXTS: dict[str, tuple[str, str]] = {
    "missing": ("此项必填。", "This field is required."),
    "extra_forbidden": ("没有此字段，请删除。", "There is no such field; remove it."),
    "json_invalid": (
        "不是有效的 JSON（须为 UTF-8，名称不得重复，文本不得含 NUL）。",
        "This is not valid JSON (it must be UTF-8, no name may repeat, no text may hold NUL).",
    ),
    "json_type": ("不是有效的 JSON。", "This is not valid JSON."),
    "string_type": ("应为文本。", "This must be text."),
    "string_too_long": ("最多 {max_length} 个字符。", "At most {max_length} characters."),
    "string_too_short": ("至少 {min_length} 个字符。", "At least {min_length} characters."),
    "string_pattern_mismatch": ("格式不符。", "This does not have the required form."),
    "int_": ("应为整数。", "This must be a whole number."),
    "float_": ("应为数字。", "This must be a number."),
    "decimal_max_places": ("最多 {decimal_places} 位小数。", "At most {decimal_places} decimal places."),
    "decimal_": ("应为有效的十进制数，以文本给出。", "This must be a valid decimal number, given as text."),
    "bool_": ("应为 true 或 false。", "This must be true or false."),
    "uuid_": ("应为 UUID。", "This must be a UUID."),
    "datetime_": ("应为带时区的 RFC 3339 时间。", "This must be an RFC 3339 time with its zone."),
    "timezone_": ("时间须带时区。", "The time must carry its zone."),
    "date_": ("应为日期（YYYY-MM-DD）。", "This must be a date (YYYY-MM-DD)."),
    "time_": ("应为时间。", "This must be a time."),
    "enum": ("只能是：{expected}。", "This must be one of: {expected}."),
    "literal_error": ("只能是：{expected}。", "This must be one of: {expected}."),
    "too_long": ("最多 {max_length} 项。", "At most {max_length} items."),
    "too_short": ("至少 {min_length} 项。", "At least {min_length} items."),
    "greater_than_equal": ("不得小于 {ge}。", "This must be at least {ge}."),
    "greater_than": ("必须大于 {gt}。", "This must be greater than {gt}."),
    "less_than_equal": ("不得大于 {le}。", "This must be at most {le}."),
    "less_than": ("必须小于 {lt}。", "This must be less than {lt}."),
    "multiple_of": ("必须是 {multiple_of} 的倍数。", "This must be a multiple of {multiple_of}."),
    "list_type": ("应为列表。", "This must be a list."),
    "tuple_type": ("应为列表。", "This must be a list."),
    "dict_type": ("应为对象。", "This must be an object."),
    "model_": ("应为对象。", "This must be an object."),
    "url_": ("应为网址。", "This must be a URL."),
    "union_tag": ("类型标记不在允许之列。", "The type tag is not one of those allowed."),
    "bytes_": ("应为有效的编码数据。", "This must be validly encoded data."),
    "value_error": ("此值不符合要求。", "This value breaks a rule."),
}
_FALLBACK = ("此值无效。", "This value is not valid.")


def field_errors(errors: Iterable[Mapping[str, Any]]) -> list[FieldError]:
    """Return pydantic's errors as located faults. A `ServiceError`'s or `ValueError`'s own text is not used."""
    return [_field_error(error) for error in errors]


def _field_error(error: Mapping[str, Any]) -> FieldError:
    kind = str(error["type"])
    context = {name: str(value).replace(" or ", ", ") for name, value in (error.get("ctx") or {}).items()}
    zh, en = (context["zh"], context["en"]) if {"zh", "en"} <= context.keys() else _texts(kind)
    try:
        zh, en = zh.format_map(context), en.format_map(context)
    except (KeyError, IndexError, ValueError):
        zh, en = _FALLBACK
    return FieldError(pointer=pointer(error["loc"], kind), code=kind, zh=zh, en=en)


def _texts(kind: str) -> tuple[str, str]:
    if kind in _TEXTS:
        return _TEXTS[kind]
    return next((texts for start, texts in _TEXTS.items() if start.endswith("_") and kind.startswith(start)), _FALLBACK)


def pointer(location: Iterable[str | int], kind: str = "") -> str:
    """Return a JSON pointer: into the body from its root, else `/query/...`, `/path/...`, `/header/...`."""
    parts = list(location)
    if parts[:1] == ["body"]:
        parts = parts[1:]
    if kind == "json_invalid":  # the second part is a byte offset, not a place in a document
        parts = []
    return "".join(f"/{part}" if isinstance(part, int) else "/" + _shown(part) for part in parts)


def _shown(name: str) -> str:
    """Return a name of the document as a pointer's part; one that the sender made up may be anything, so it is not."""
    return name.replace("~", "~0").replace("/", "~1") if _NAME.fullmatch(name) else UNNAMED


def fault(code: str, zh: str, en: str) -> PydanticCustomError:
    """Return what a validator of a request model raises to say its own rule in both languages; no values in it."""
    return PydanticCustomError(code, "{en}", {"zh": zh, "en": en})
