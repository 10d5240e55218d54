"""Types of request fields for what people type: one form at the door, and whatever compares later compares alike."""

from collections.abc import Callable
from typing import Any

from pydantic import BeforeValidator

from shared.text.codes import code_of
from shared.text.invisible import shown
from shared.text.tidying import first_control, key_of, tidy
from shared.web import validation

_ZH = "第 {position} 个字符（{character}）无法显示，请删除。"
_EN = "Character {position} ({character}) cannot be shown; delete it."


def _formed(form: Callable[[str], str]) -> BeforeValidator:
    def validate(value: Any) -> Any:
        if not isinstance(value, str):
            return value
        text = form(value)
        if place := first_control(text):
            character = shown(text[place - 1])
            texts = (each.format(position=place, character=character) for each in (_ZH, _EN))
            raise validation.fault("unprintable_character", *texts)
        return text

    return BeforeValidator(validate)


#: `Annotated[str, StringConstraints(…), TIDY]`: trimmed, single spaces, one width, nothing invisible.
TIDY = _formed(tidy)
#: The same without regard to small and capital letters: what identifies a person or a device.
KEY = _formed(key_of)
#: Capital letters and digits only: a ticket, or another code copied from paper.
CODE = _formed(code_of)
