"""How numbers of documents and telephones are written: what spreadsheets and people put around and between digits."""

import re

from shared.text.spreadsheet import unforced
from shared.text.tidying import tidy

_PLAIN = re.compile(r"[0-9A-Z]+")
#: Spaces, every hyphen and dash, quotation marks and apostrophes.
_BETWEEN = re.compile("[\\s‐-―−⁃﹘﹣－\\-_'’‘`´\"“”]+")
_FRACTION = re.compile(r"(\d+)\.0*")
#: What a spreadsheet shows of a number with more digits than it keeps.
_SCIENTIFIC = re.compile(r"\d(?:\.\d*)?E\+\d+|\d\.\d+E\d+")


def bare(text: str) -> str:
    """Return a number in half-width capitals without what stands between its characters, nor a fraction `.0`."""
    if _PLAIN.fullmatch(text):
        return text
    number = _BETWEEN.sub("", tidy(unforced(text.strip())).upper())
    whole = _FRACTION.fullmatch(number)
    return whole[1] if whole else number


def is_scientific(number: str) -> bool:
    """Tell whether a bare number is what a spreadsheet made of it, as `3.3E+17`: its last digits are lost."""
    return _SCIENTIFIC.fullmatch(number) is not None
