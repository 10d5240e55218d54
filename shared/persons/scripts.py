"""Which characters are Han, as names use them, those younger than this Python's Unicode data included."""

import re
import unicodedata

#: Inside a character class of `re`. The planes 2 and 3 hold nothing but Han.
HAN = "\u3005\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003fffd"
#: A name of Chinese characters in common use, which most names are: nothing in it can be folded.
PLAIN_HAN = re.compile(r"[\u4e00-\u9fff]{2,20}")
_HAN = re.compile(f"[{HAN}]")


def is_letter(character: str) -> bool:
    """Tell whether the character is a letter of any script."""
    return character.isalpha() or _HAN.match(character) is not None


def is_mark(character: str) -> bool:
    """Tell whether the character is a mark on the letter before it."""
    return unicodedata.category(character)[0] == "M"
