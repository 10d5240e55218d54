"""Which characters of a name are one: widths, dots, apostrophes, hyphens, radicals, private codes, nothing to see."""

import re
import unicodedata

from shared.text.gb18030 import PUBLISHED
from shared.text.invisible import INVISIBLE, JOINERS
from shared.text.radicals import RADICALS

DOT, APOSTROPHE, HYPHEN = "·", "'", "-"
#: Between the parts of a name, whatever the input method gave.
_DOTS = "·\u0387•‣․‧∙⋅●・ㆍᆞꞏ᛫⸰⸱⸳⦁◦▪⚫⬤˙∘"
_APOSTROPHES = "’‘‛`\u1fef´ʹʻʼʽʾʿˈˊˋ′‵՚Ꞌꞌ\u0374\uff07\u1fbd\u1fbf\u1ffd\u1ffe"
_HYPHENS = "‐‑‒–—―−⁃˗֊־᠆⸺⸻﹘﹣－"
#: Only where a character is another form of the same letter; NFKC would also take a Thai vowel apart.
_FORMS = frozenset({"<wide>", "<narrow>", "<small>", "<font>", "<initial>", "<medial>", "<final>", "<isolated>"})
_LIGATURES = range(0xFB00, 0xFB18)
_WITH_FORMS = (*range(0x2100, 0x2150), *range(0xFB00, 0xFFEF), *range(0x1D400, 0x1D800), *range(0x1EE00, 0x1EF00))
#: Arabic and Indic scripts, where a joiner or its absence changes what is read.
_JOINED = "\u0600-\u0dff\u1000-\u109f\u1780-\u17ff\u1800-\u18af"
_IDLE_JOINER = re.compile(f"(?<![{_JOINED}])[{JOINERS}]+|[{JOINERS}]+(?![{_JOINED}{JOINERS}])")
_TATWEEL = 0x0640  # stretches an Arabic word, and says nothing


def _plain_forms() -> dict[int, str]:
    found = {}
    for code in _WITH_FORMS:
        kind = unicodedata.decomposition(chr(code)).partition(" ")[0]
        plain = unicodedata.normalize("NFKC", chr(code))
        if (kind in _FORMS or code in _LIGATURES) and not plain.startswith(" "):
            found[code] = plain
    return found


def _table() -> dict[int, str | None]:
    dots, apostrophes = dict.fromkeys(map(ord, _DOTS), DOT), dict.fromkeys(map(ord, _APOSTROPHES), APOSTROPHE)
    one = dots | apostrophes | dict.fromkeys(map(ord, _HYPHENS), HYPHEN)
    forms = {code: plain.translate(one) for code, plain in _plain_forms().items()}
    published = {code: text.translate(RADICALS) for code, text in PUBLISHED.items()}
    nothing = {code: None for code in (*INVISIBLE, _TATWEEL) if chr(code) not in JOINERS}
    return {**forms, **published, **RADICALS, **one, **nothing}


#: For `str.translate`; the joiners stay, since they mean something between some letters.
FOLDED: dict[int, str | None] = _table()


def fold(text: str) -> str:
    """Return the text with one character for each that looks or means the same, in NFC."""
    one = unicodedata.normalize("NFC", text).translate(FOLDED)
    return unicodedata.normalize("NFC", _IDLE_JOINER.sub("", one))
