"""Travel permits of Hong Kong, Macau and Taiwan residents: one person keeps one number; what follows it changes.

Hong Kong and Macau: H or M and eight digits, for those who are not Chinese nationals HA or MA and seven (since 2024);
two more digits count the renewals. Taiwan: eight digits; until 2008 two more counted the issues, and a letter or digit
in brackets named the office.
"""

import re

_HK_MACAU = re.compile(r"([HM](?:\d{8}|A\d{7}))\(?(\d{2})?\)?", re.ASCII)
_TAIWAN = re.compile(r"(\d{8})(?:\(\d{1,2}\))?", re.ASCII)
_TAIWAN_UNTIL_2008 = re.compile(r"(\d{8})(\d{2})(?:\(?([A-Z0-9])\)?)?", re.ASCII)


def hk_macau_number(number: str) -> str | None:
    """Return the number as the permit prints it, renewals included if they were given, or nothing."""
    found = _HK_MACAU.fullmatch(number)
    return found[1] + (found[2] or "") if found else None


def hk_macau_holder(number: str) -> str:
    """Return what of a permit's number is the holder's for life."""
    return number[:9]


def taiwan_number(number: str) -> str | None:
    """Return the number as the permit prints it, or nothing: `12345678`, or of old `1234567801(B)`."""
    if found := _TAIWAN.fullmatch(number):
        return found[1]
    if found := _TAIWAN_UNTIL_2008.fullmatch(number):
        return found[1] + found[2] + (f"({found[3]})" if found[3] else "")
    return None


def taiwan_holder(number: str) -> str:
    """Return what of a permit's number is the holder's for life."""
    return number[:8]
