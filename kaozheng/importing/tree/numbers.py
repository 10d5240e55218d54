"""The numbers of areas, tasks and requirements in all the ways in which documents print them."""

import re
from dataclasses import dataclass
from typing import Literal

from kaozheng.importing.wording import tidy

#: In print: 1.1.1, 1., （1）, 1), ①, 一、, （一）, A., （A）, or 1 with nothing between it and its words.
Style = Literal[
    "dotted", "plain", "paren", "half", "circled", "chinese", "chinese-paren", "letter", "letter-paren", "bare"
]
Role = Literal["area", "task", "requirement"]

_CIRCLED = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳"
_ENCLOSED = "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"
_STOPPED = "⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"
_ROMAN = "ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩⅪⅫ"
_CHINESE = "一二三四五六七八九十"
_IDEOGRAPH = r"\u3400-\u4dbf\u4e00-\u9fff"

#: What may follow digits that are no number of an item: 5G, 3D, 20%, 2 年.
_MEASURE = r"(?:[DGSVKkTM](?![A-Za-z])|\s?[%％‰℃°+×*=<>≤≥/]|\s?(?:GHz|MHz|kW|kg|mm|cm|km|ml|mL|GB|MB|TB))"
_PART = rf"\d{{1,2}}(?!\d)(?!{_MEASURE})"
_DOTTED = re.compile(rf"(\d{{1,2}})((?:\s?\.\s?{_PART}){{1,4}})(?!\s?[.\-]\d(?!{_MEASURE}))\s?[.．、。:：)）]?\s*")
_DASHED = re.compile(rf"(\d{{1,2}})((?:[-－–—]{_PART}){{1,3}})(?![-.\d])[.．、。:：)）]?\s*(?=[{_IDEOGRAPH}A-Za-z]|$)")
_FULL_STOPS = re.compile(rf"(\d{{1,2}})((?:\s?[。·,，]\s?{_PART}){{2}})(?!\d)[.．、。:：)）]?\s*")
_PLAIN = re.compile(r"(\d{1,2})\s?(?:[.．、。:：](?!\d(?![DGS](?![A-Za-z])))|[,，](?=\D))\s*")
_SPACED = re.compile(rf"(\d{{1,2}})(?:\s+(?=[{_IDEOGRAPH}A-Za-z“《\"「【]|\dD|\dG)|$)")
_BARE = re.compile(rf"(\d{{1,2}})(?=[{_IDEOGRAPH}“《])(?![年月日个种次人天条项名位级倍万亿元台套类大小])")
_GLUED = re.compile(r"[^\W\d_]|\d[DGS](?![A-Za-z])|[“《\"「【]")
_PAREN = re.compile(r"[（(]\s?(\d{1,2})\s?[)）]\s?[.、]?\s*")
_HALF = re.compile(r"(\d{1,2})\s?[)）]\s?[.、]?\s*")
_CHINESE_NUMBER = re.compile(r"([一二三四五六七八九十]{1,3})\s?[、.．:：]\s*")
_CHINESE_PAREN = re.compile(r"[（(]\s?([一二三四五六七八九十]{1,3})\s?[)）]\s?[、.]?\s*")
_LETTER = re.compile(r"([A-Za-z])\s?(?:[.．、)）])(?![A-Za-z]*[.）)])\s*")
_LETTER_PAREN = re.compile(r"[（(]\s?([A-Za-z])\s?[)）]\s*")
_ORDINAL = re.compile(r"第([一二三四五六七八九十]{1,3}|\d{1,2})\s?(?:章|单元|模块|部分|领域|项)\s?[:：、.]?\s*")
_BULLET = re.compile(r"(?:[-*](?=\s)|[•·●■◆▪➢□○◇▲►✓◎※♦−]|[—–]{1,2}(?=\s?[^\d\s]))\s*")


@dataclass(frozen=True, slots=True)
class Number:
    """A printed number: its parts, or the letter that stands in its place."""

    parts: tuple[int, ...]
    style: Style
    printed: str
    letter: str = ""

    @property
    def depth(self) -> int:
        """Return of how many parts it consists."""
        return len(self.parts)

    @property
    def last(self) -> int:
        """Return its place among its siblings, letters counted from A."""
        return self.parts[-1]

    @property
    def is_dotted(self) -> bool:
        """Tell whether it says its place in the whole tree."""
        return self.style == "dotted"


def read_number(text: str) -> tuple[Number | None, str]:
    """Return the number that a tidied text begins with, and the rest of the text."""
    text = without_bullet(text)
    for pattern, style in _PATTERNS:
        if (found := pattern.match(text)) and (number := _number(found, style)):
            return number, text[found.end() :].lstrip()
    if text and (number := _sign(text)):
        return number, text[1:].lstrip(" .、．")
    return None, text


def read_glued(text: str, expected: int) -> tuple[Number | None, str]:
    """Return a number that nothing parts from its text, 1项目 or 45G, if it is the one that is expected here."""
    rest = text.removeprefix(str(expected))
    if rest in ("", text) or not _GLUED.match(rest):
        return None, text
    return Number((expected,), "bare", str(expected)), rest


def without_bullet(text: str) -> str:
    """Return a text without the bullet that it begins with."""
    return _BULLET.sub("", text, count=1) if _BULLET.match(text) else text


def _number(found: re.Match[str], style: Style) -> Number | None:
    printed = tidy(found.group().strip())
    if style == "dotted":
        parts = tuple(int(part) for part in re.findall(r"\d+", found.group()))
        return Number(parts, style, printed) if all(parts) else None
    if style in ("letter", "letter-paren"):
        letter = found[1]
        return Number((ord(letter.upper()) - ord("A") + 1,), style, printed, letter)
    value = int(found[1]) if found[1].isdigit() else chinese_value(found[1])
    return Number((value,), style, printed) if value else None


def _sign(text: str) -> Number | None:
    """Return the number that one sign alone is: ①, ⑴, ⒈, Ⅰ."""
    for signs, style in _SIGNS:
        if text[0] in signs:
            return Number((signs.index(text[0]) + 1,), style, text[0])
    return None


def chinese_value(words: str) -> int:
    """Return the value of a number up to 99 in Chinese words, 0 if it is none."""
    tens, ten, units = words.rpartition("十")
    if len(tens) > 1 or len(units) > 1:
        return 0
    value = (_digit(tens) if tens else 1) * 10 if ten else 0
    return value + (_digit(units) if units else 0)


def _digit(word: str) -> int:
    return _CHINESE.index(word) + 1


_PATTERNS: tuple[tuple[re.Pattern[str], Style], ...] = (
    (_DOTTED, "dotted"),
    (_DASHED, "dotted"),
    (_FULL_STOPS, "dotted"),
    (_HALF, "half"),
    (_PLAIN, "plain"),
    (_SPACED, "plain"),
    (_BARE, "bare"),
    (_PAREN, "paren"),
    (_CHINESE_NUMBER, "chinese"),
    (_CHINESE_PAREN, "chinese-paren"),
    (_ORDINAL, "chinese"),
    (_LETTER, "letter"),
    (_LETTER_PAREN, "letter-paren"),
)
_SIGNS: tuple[tuple[str, Style], ...] = (
    (_CIRCLED, "circled"),
    (_ENCLOSED, "paren"),
    (_STOPPED, "plain"),
    (_ROMAN, "chinese"),
)
