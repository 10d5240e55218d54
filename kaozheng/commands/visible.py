"""Makes text from documents and file names harmless to show: it moves no cursor and turns no line around."""

import re

#: Control characters, marks that change the direction of what follows, halves of surrogates.
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def visible(text: str) -> str:
    """Return the text with a sign in place of each character that acts instead of being seen."""
    return _UNSEEN.sub("\ufffd", text)
