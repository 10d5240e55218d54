"""A number that a spreadsheet has shortened: it keeps 15 digits and fills the rest with zeros.

One in eleven still passes the check character, and may be somebody else's. Such a number is suspicious, not wrong.
"""

import re

_ENDS_IN_ZEROS = re.compile(r"\d{15}000")


def looks_truncated(number: str) -> bool:
    """Tell whether a number of 18 digits ends in three or more zeros."""
    return _ENDS_IN_ZEROS.fullmatch(number) is not None
