"""Codes that people copy from paper: tickets, certificate numbers, tokens. Only letters and digits tell them apart."""

import re

from shared.text.tidying import tidy

_PLAIN = re.compile(r"[0-9A-Z]*")
_OTHER = re.compile(r"[^0-9A-Z]+")


def code_of(text: str) -> str:
    """Return the code in capital letters and digits; spaces, hyphens, width and small letters do not matter."""
    if _PLAIN.fullmatch(text):
        return text
    return _OTHER.sub("", tidy(text).upper())
