"""What reading a field of a person comes to: its one form, what is wrong with it, and what was changed on the way."""

from typing import NamedTuple

from shared.text.invisible import shown


class Fault(NamedTuple):
    """What is wrong, or was mended: a code, and where it can be named the place (from 1) and the character."""

    code: str
    position: int | None = None
    character: str = ""

    @classmethod
    def at(cls, code: str, position: int, character: str) -> "Fault":
        """Return the fault of one character; what cannot be seen is named by its code point."""
        return cls(code, position, shown(character))


class Reading(NamedTuple):
    """The value in its one form, the fault that refuses it, and notes on what was mended."""

    value: str
    fault: Fault | None = None
    notes: tuple[Fault, ...] = ()
