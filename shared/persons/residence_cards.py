"""The permanent residence card of foreigners: three letters, twelve digits until 2023; since then GB 11643 from 9."""

import re
from datetime import date

from shared.persons.resident_numbers import born_and_checked, has_the_form

_UNTIL_2023 = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)


def residence_card_fault(number: str, today: date) -> str | None:
    """Return the code of what is wrong with the number of a card, or nothing."""
    if _UNTIL_2023.fullmatch(number):
        return None
    if not has_the_form(number):
        return "bad_format"
    return born_and_checked(number, today) if number[0] == "9" else "unknown_region"
