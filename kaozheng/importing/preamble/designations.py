"""Numbers of standards as documents print them: GB/T 36311-2018, GB/Z 42007, T/KJDZSW 0001-2023, ISO/IEC 27001:2013."""

import re
from dataclasses import dataclass

#: Bodies whose numbers have no slash; elsewhere capitals before a figure may be anything, such as HTML 5.
_PLAIN = (
    "GBJ|GBZ|GB|HJ|JGJ|JGT|CJJ|CJ|TB|YY|JJF|JJG|JB|SL|DL|YD|AQ|GA|WS|MH|LB|SB|QC|QB|SJ|JT|TSG|CECS|CCAR|NY|LY|HG|"
    "ISO|IEC|IEEE|ITU-T|ITU|ANSI|ASTM|DIN|EN|BS|JIS"
)
_DASH = r"\s?(?:[-‐‑–—―－─~～]{1,2}|[:：])\s?"
_BODY = (
    r"(?:(?:[Gg][Bb]|[A-Z]{1,6}|DB\s?\d{2,6})(?:\s?[/／∕\\]\s?[A-Za-z]{1,12}){1,2}"  # GB/T, ISO/IEC, DB44/T, T/KJDZSW
    rf"|DB\s?\d{{2,6}}|GBT|(?:{_PLAIN}))"
)
_DESIGNATION = (
    rf"(?P<body>{_BODY})[\s-]?(?P<figures>[A-Z]?\d{{1,6}}(?:\s?\.\s?\d{{1,4}}){{0,3}})"
    rf"(?P<part>-[1-4]?\d(?=[:：\s]|\Z))?(?:{_DASH}(?P<year>(?:19|20)\d\d|[5-9]\d(?!\d))(?!\d))?(?!\d)"
)
DESIGNATION = re.compile(rf"(?<![A-Za-z0-9/])(?:{_DESIGNATION})")
_CENTURY = 100


@dataclass(frozen=True, slots=True)
class Designation:
    """The number of a standard without its year, and the year where one is printed."""

    number: str
    year: int | None

    @property
    def dated(self) -> str:
        """Return the number with its year."""
        return self.number if self.year is None else f"{self.number}-{self.year}"


def designation(match: re.Match[str]) -> Designation:
    """Return what a match of `DESIGNATION` says, in the usual spelling."""
    body = re.sub(r"\s", "", match["body"]).replace("／", "/").replace("∕", "/").replace("\\", "/").upper()
    figures = re.sub(r"\s", "", match["figures"])
    year = int(match["year"]) if match["year"] else None
    if year is not None and year < _CENTURY:  # standards of the last century print two figures
        year += 1900
    return Designation(f"{'GB/T' if body == 'GBT' else body} {figures}{match['part'] or ''}", year)
