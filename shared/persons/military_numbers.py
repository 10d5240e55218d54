"""Documents of the armed forces, in the one form of what they print: `军字第1234567号`."""

import re

_WRITTEN = re.compile(r"([\u4e00-\u9fff]{1,5}?)字?第?(?:NO\.?)?(\d{4,10})号?", re.ASCII)
#: People write the document's name for the word before the number.
_PREFIXES = {"军官": "军", "军官证": "军", "士兵": "士", "士兵证": "士", "文职": "文", "武警": "武", "学员": "学"}


def military_number(number: str) -> str | None:
    """Return the number in its one form, or nothing: without the word before it the digits are several people's."""
    found = _WRITTEN.fullmatch(number)
    return f"{_PREFIXES.get(found[1], found[1])}字第{found[2]}号" if found else None
