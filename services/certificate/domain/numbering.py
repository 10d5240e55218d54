"""The certificate number (证书编号): `KZ XB2B J 2026 00000001 C`, printed without the spaces.

Body prefix, standard, level letter, issue year in China time, serial of 8 digits and one check character
(ISO 7064 MOD 37,36), which catches every single wrong character and every swap of two neighbours. Serials run per
year and series (prefix, standard and level), so a gap between two numbers always means a number that was never given.
"""

import hashlib
import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

#: China has one time zone and no summer time since 1991.
CHINA = timezone(timedelta(hours=8))
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
_MODULUS = len(_ALPHABET)
_VALUES = {char: value for value, char in enumerate(_ALPHABET)}
_SERIAL_DIGITS = 8
#: Prefix and standard together.
_SERIES_LENGTH = 20
_DIGEST_LENGTH = 4
_LEVEL_LETTERS = {"junior": "J", "intermediate": "M", "senior": "S"}
_NUMBER = re.compile(r"(?P<series>[A-Z0-9]{2,20}[JMS])(?P<year>[0-9]{4})(?P<serial>[0-9]{8})[A-Z0-9]")


class SerialsExhausted(Exception):
    """A series has given all its serials of one year."""


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a certificate number says."""

    series: str
    year: int
    serial: int


def series_of(prefix: str, standard: str, level: str) -> str:
    """Return the series, for example `KZXB2BJ`; raise `ValueError` for an unknown level or a wrong prefix."""
    if level not in _LEVEL_LETTERS:
        raise ValueError(f"unknown level {level!r}")
    code = re.sub(r"[^A-Z0-9]", "", standard.upper())
    series = prefix + _fitting(code, _SERIES_LENGTH - len(prefix)) + _LEVEL_LETTERS[level]
    if not re.fullmatch(r"[A-Z0-9]{2,20}[JMS]", series):
        raise ValueError(f"{series!r} is no series: use 2 to 20 capital letters and digits")
    return series


def _fitting(code: str, room: int) -> str:
    """Return a code that leaves the number printable: of a long one the beginning, and a digest that tells it apart."""
    if len(code) <= room:
        return code
    digest = hashlib.sha256(code.encode()).hexdigest()[:_DIGEST_LENGTH].upper()
    return code[: room - _DIGEST_LENGTH] + digest


def issue_year(moment: datetime) -> int:
    """Return the year of issue in China time: 31 December 16:00 UTC is already the next year there."""
    return moment.astimezone(CHINA).year


def number_of(parts: NumberParts) -> str:
    """Return the printed number with its check character; raise `SerialsExhausted` beyond 8 digits."""
    if not 1 <= parts.serial < 10**_SERIAL_DIGITS:
        raise SerialsExhausted(parts.series)
    body = f"{parts.series}{parts.year:04d}{parts.serial:0{_SERIAL_DIGITS}d}"
    return body + check_character(body)


def parse_number(number: str) -> NumberParts | None:
    """Return what a number says, or nothing if it has another form or a wrong check character."""
    match = _NUMBER.fullmatch(number)
    if match is None or check_character(number[:-1]) != number[-1]:
        return None
    return NumberParts(match["series"], int(match["year"]), int(match["serial"]))


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 37,36 check character of capital letters and digits."""
    remainder = _MODULUS
    for char in body:
        remainder = (remainder + _VALUES[char]) % _MODULUS or _MODULUS
        remainder = remainder * 2 % (_MODULUS + 1)
    return _ALPHABET[(_MODULUS + 1 - remainder) % _MODULUS]
