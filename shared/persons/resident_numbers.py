"""Numbers of GB 11643-1999: address code, date of birth, sequence, and a check character (ISO 7064 MOD 11-2).

Residents have them, and by the same rule those with a residence permit for Hong Kong, Macau and Taiwan residents
(810000, 820000, 830000) and foreigners with a permanent residence card of 2023 (beginning with 9).
"""

import re
from datetime import date

from shared.persons.address_codes import is_address_code

_FORM = re.compile(r"\d{17}[\dX]", re.ASCII)
_OF_1984 = re.compile(r"\d{15}", re.ASCII)
_PERMIT_CODES = frozenset({"810000", "820000", "830000"})
_CHECKS = "10X98765432"
_OLDEST = 1900


def has_the_form(number: str) -> bool:
    """Tell whether a number has 17 digits and a check character, right or wrong."""
    return _FORM.fullmatch(number) is not None


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character of 17 digits."""
    # Read in base 13 the digits are weighted by powers of 13, which modulo 11 are those of 2: one call for all of them.
    return _CHECKS[2 * int(body, 13) % 11]


def resident_fault(number: str, today: date) -> str | None:
    """Return the code of what is wrong with the number of a resident, or nothing; `today` is China's date."""
    if not has_the_form(number):
        return "number_of_1984" if _OF_1984.fullmatch(number) else "bad_format"
    if number[:6] in _PERMIT_CODES:
        return "number_of_permit"
    if not is_address_code(number[:6]):
        return "unknown_region"
    return born_and_checked(number, today)


def permit_fault(number: str, today: date) -> str | None:
    """Return the code of what is wrong with the number of a residence permit, or nothing."""
    if not has_the_form(number):
        return "bad_format"
    return born_and_checked(number, today) if number[:6] in _PERMIT_CODES else "unknown_region"


def born_and_checked(number: str, today: date) -> str | None:
    """Return the code of what is wrong with date of birth or check character, or nothing."""
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "impossible_date"
    if born.year < _OLDEST:
        return "impossible_date"
    if born > today:
        return "future_date"
    return None if check_character(number[:17]) == number[17] else "wrong_check_digit"
