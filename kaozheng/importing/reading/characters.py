"""Characters as people see them: invisible ones dropped, every space a plain one, look-alikes of fonts set right."""

import unicodedata

#: Radicals that PDF fonts and OCR give in the place of whole characters, and that Unicode does not decompose.
_RADICALS = dict(
    zip(
        "⺀⺁⺄⺆⺈⺊⺌⺍⺕⺜⺝⺟⺠⺡⺢⺣⺥⺩⺪⺫⺬⺭⺮⺯⺳⺶⺷⺸⺼⺽⺾⺿⻀⻁⻂⻃⻄⻅⻆⻇⻈⻉⻊⻋⻌⻍⻎⻏⻐⻑⻒⻓⻔⻖⻗⻘⻙⻚⻛⻜⻝⻞⻟⻠⻢⻣⻤⻥⻦⻧⻨⻩⻪⻫⻬⻭⻮⻯⻰⻱⻲⻳",
        "冫厂乙冂刀卜小小彐日月母民水水火爫王疋目示示竹糸网羊羊羊肉臼艹艹艹虎衣西西见角角言贝足车辶辶辶邑金長镸长门阜雨青韦页风飞食食饣食马骨鬼鱼鸟卤麦黄黾斉齐歯齿竜龙龜亀龟",
        strict=True,
    )
)
_KANGXI = range(0x2F00, 0x2FE0)
_COMPATIBILITY = range(0xF900, 0xFB07)
#: Where symbol fonts (Wingdings and the like) put their bullets and boxes.
_SYMBOL_FONT = range(0xF020, 0xF100)
_BULLET = "•"
_BREAKS = "\t\n"
#: Old line ends inside a paragraph: vertical tab (Word), file and group separators, next line.
_SOFT_BREAKS = "\v\x1c\x1d\x1e\x1f\x85"
_INVISIBLE = {"Cc", "Cf", "Cs"}
_VARIATION_SELECTORS = (range(0xFE00, 0xFE10), range(0xE0100, 0xE01F0))


class _Visible(dict[int, str]):
    """A table for `str.translate` that fills itself."""

    def __missing__(self, code: int) -> str:
        self[code] = _visible(chr(code))
        return self[code]


def _visible(character: str) -> str:
    if character in _BREAKS:
        return character
    category = unicodedata.category(character)
    if category.startswith("Z") or character in _SOFT_BREAKS:
        return " "
    if category in _INVISIBLE or any(ord(character) in selectors for selectors in _VARIATION_SELECTORS):
        return ""
    return _whole(character)


def _whole(character: str) -> str:
    code = ord(character)
    if code in _SYMBOL_FONT:
        return _BULLET
    if code in _KANGXI or code in _COMPATIBILITY:
        return unicodedata.normalize("NFKC", character)
    return _RADICALS.get(character, character)


_TABLE = _Visible()


def visible(text: str) -> str:
    """Return the text without what cannot be seen; tabs and newlines stay, page breaks are the caller's."""
    return text.translate(_TABLE)
