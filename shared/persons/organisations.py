"""The unified social credit code of organisations (GB 32100-2015), with its check character (GB/T 17710, MOD 31-3)."""

import re

from shared.persons.number_writing import bare
from shared.persons.reading import Fault, Reading

#: Digits and capitals without I, O, S, V, Z.
_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_FORM = re.compile(f"[{_ALPHABET}]{{2}}\\d{{6}}[{_ALPHABET}]{{10}}", re.ASCII)
_WEIGHTS = tuple(3**place % 31 for place in range(17))


def credit_check_character(body: str) -> str:
    """Return the check character of the first 17 characters."""
    return _ALPHABET[-sum(_VALUES[one] * weight for one, weight in zip(body, _WEIGHTS, strict=True)) % 31]


def read_credit_code(text: str) -> Reading:
    """Return the code in half-width capitals without spaces, with its fault if it has one."""
    code = bare(text)
    if not _FORM.fullmatch(code):
        return Reading(code, Fault("bad_credit_code"))
    return Reading(code, None if credit_check_character(code[:17]) == code[17] else Fault("wrong_credit_code_check"))
