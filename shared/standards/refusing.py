"""Rules that one field alone cannot tell: how a part of a blueprint refuses itself, naming every place at once."""

from collections.abc import Iterable

from pydantic import ValidationError
from pydantic_core import InitErrorDetails, PydanticCustomError

from shared.errors import FieldError


def refuse(part: str, faults: Iterable[FieldError]) -> None:
    """Raise a `ValidationError` with all faults of a part, located inside it; do nothing if there are none."""
    found = [_detail(fault) for fault in faults]
    if found:
        raise ValidationError.from_exception_data(part, found)


def under(place: str, faults: Iterable[FieldError]) -> list[FieldError]:
    """Return the faults of a part as those of what holds it."""
    return [FieldError(place + fault.pointer, fault.code, fault.zh, fault.en) for fault in faults]


def _detail(fault: FieldError) -> InitErrorDetails:
    told = PydanticCustomError(fault.code, "{en}", {"zh": fault.zh, "en": fault.en})
    return InitErrorDetails(type=told, loc=_location(fault.pointer), input=None)


def _location(pointer: str) -> tuple[str | int, ...]:
    return tuple(int(part) if part.isdecimal() else part for part in pointer.split("/")[1:])
