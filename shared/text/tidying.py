"""The one form of a text that people type: names of rooms, sites, devices, institutions, subjects, panels."""

import re
import unicodedata

from shared.text.gb18030 import PUBLISHED
from shared.text.invisible import INVISIBLE
from shared.text.radicals import RADICALS

#: Most texts are in that form already.
_PLAIN = re.compile(r"(?:[!-~\u4e00-\u9fff]+(?: [!-~\u4e00-\u9fff]+)*)?")
#: Nothing but Han stands there, some of it younger than this Python's Unicode data.
_YOUNG_HAN = range(0x20000, 0x3FFFE)
_FOLDED: dict[int, str | None] = {
    **{code: text.translate(RADICALS) for code, text in PUBLISHED.items()},
    **RADICALS,
    **INVISIBLE,
}


def tidy(text: str) -> str:
    """Return the text trimmed, with single spaces, width folded (NFKC), radicals made characters, nothing invisible.

    Control characters that are no white space stay, for `first_control` to be told.
    """
    if _PLAIN.fullmatch(text):
        return text
    return " ".join(unicodedata.normalize("NFKC", text.translate(_FOLDED)).split())


def key_of(text: str) -> str:
    """Return what two texts that name the same thing have in common: the tidy form, in small letters."""
    return unicodedata.normalize("NFKC", tidy(text).casefold())


def first_control(text: str) -> int | None:
    """Return the place, counted from 1, of the first character that cannot be printed, or nothing."""
    if text.isprintable():
        return None
    return next((place for place, one in enumerate(text, 1) if not (one.isprintable() or ord(one) in _YOUNG_HAN)), None)
