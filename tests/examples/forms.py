"""The form of a JSON value: what stays the same from run to run while ids, times, names and figures change."""

import re
from typing import Any

#: The first that fits. What is padded with zeros is of another form than what is not.
_TEXTS = (
    ("a UUID", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}"),
    ("a time in UTC", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z"),
    ("a time", r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?[+-]\d\d:\d\d"),
    ("a date", r"\d{4}-\d\d-\d\d"),
    ("hexadecimal of {length}", r"([0-9a-f]{16}){1,4}"),
    ("digits from zero", r"0\d+"),
    ("digits", r"\d+"),
    ("a decimal with {places} places", r"-?\d+\.(?P<places>\d+)"),
    ("a URL", r"https?://\S+"),
    ("a path", r"/\S+"),
    ("a word", r"[a-z]+([_.-][a-z]+)*"),
    ("a code of {length}", r"[0-9A-Z]+"),
    ("a code in parts", r"[0-9A-Z]+(-[0-9A-Z]+)+"),
    ("a token", r"[\w.~+/=-]{20,}"),
)
_PATTERNS = [(name, re.compile(pattern, re.ASCII)) for name, pattern in _TEXTS]


def form(value: Any) -> Any:
    """Return the form: of an object by name, of a list the different ones of its items, of a text what it is like."""
    if isinstance(value, dict):
        return {name: form(part) for name, part in value.items()}
    if isinstance(value, list):
        return sorted({repr(form(item)) for item in value})
    return _text(value) if isinstance(value, str) else type(value).__name__


def _text(value: str) -> str:
    for name, pattern in _PATTERNS:
        if found := pattern.fullmatch(value):
            return name.format(length=len(value), places=len(found.groupdict().get("places") or ""))
    return "text"


def differences(shown: Any, sent: Any, pointer: str = "") -> list[str]:
    """Return where two forms differ, and how."""
    if isinstance(shown, dict) and isinstance(sent, dict):
        names = sorted(shown.keys() | sent.keys())
        pairs = [(name, shown.get(name, "absent"), sent.get(name, "absent")) for name in names]
        return [each for name, one, other in pairs for each in differences(one, other, f"{pointer}/{name}")]
    return [] if shown == sent else [f"{pointer}: the example has {shown}, sent is {sent}"]


def shortened(value: Any) -> Any:
    """Return the value with two items of a list, and one of each further form: of the same form, and readable."""
    if isinstance(value, dict):
        return {name: shortened(part) for name, part in value.items()}
    if not isinstance(value, list):
        return value
    kept: list[Any] = []
    seen = set()
    for item in value:
        if (kind := repr(form(item))) not in seen or len(kept) < 2:
            kept.append(shortened(item))
            seen.add(kind)
    return kept
