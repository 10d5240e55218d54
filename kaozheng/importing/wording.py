"""The document's wording without the marks of its file format: tidied for storing, folded for comparing."""

import html
import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from shared.standards.codes import LevelName

#: Ideographs, the marks that stand with them, and the radicals that some PDF fonts give in their place.
_CJK = (
    "\u2e80-\u2fdf\u3001-\u303f\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff"
    "\uff01-\uff0f\uff1a-\uff20\uff3b-\uff40\uff5b-\uff65"
)
_LEVELS: tuple[tuple[str, LevelName], ...] = (("初级", "junior"), ("中级", "intermediate"), ("高级", "senior"))
#: Radicals of the supplement that Unicode does not decompose but PDF fonts use for whole characters.
_RADICALS = str.maketrans("⺠⻅⻆⻉⻋⻓⻔⻘⻚⻛⻜⻝⻢⻣⻥⻦⻩⻬⻮⻰", "民见角贝车长门青页风飞食马骨鱼鸟黄齐齿龙")

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff\ue000-\uf8ff\x00-\x08\x0e-\x1f\x7f]")
_BLOCK_TAG = re.compile(r"(?i)</?(?:p|br|div|li|ul|ol|h[1-6]|table|thead|tbody|tr|td|th|center)(?:\s[^<>]{0,300})?/?>")
_INLINE_TAG = re.compile(r"(?i)</?(?:b|strong|i|em|u|s|a|sup|sub|span|font|img|mark|small|big)(?:\s[^<>]{0,300})?/?>")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,10});")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_HEADING_MARK = re.compile(r"^[\s>]*#{1,6}(?=[\s*\d\u4e00-\u9fff])")
_BOLD = re.compile(r"\*{2,3}")
_UNDERLINED = re.compile(rf"(?<![A-Za-z0-9_])__([^_]*[{_CJK}][^_]*)__(?![A-Za-z0-9_])")
_WIDE = re.compile(r"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a\u2f00-\u2fdf\u2e9f\u2ef3\uf900-\ufaff\ufb00-\ufb06]+")
_DOT_OF_NUMBER = re.compile(r"(?<=\d)\s?[\uff0e\uff61\u2024](?=\s?\d)")
_SPACES = re.compile(r"\s+")
_CHINESE_GAP = re.compile(rf"(?<=[{_CJK}]) (?=[{_CJK}])")
_MARK_GAP = re.compile(rf"(?<=[{_CJK}]) (?=[,;:?!)\]])|(?<=[,;:?!(\[]) (?=[{_CJK}])|(?<=[{_CJK}]) (?=[(\[][{_CJK}])")
_AFTER_BRACKET = re.compile(rf"(?<=[{_CJK}][)\]]) (?=[{_CJK}])")
_LATIN_END = re.compile(r"[A-Za-z0-9)\].,;:%&+#]$")
_LATIN_START = re.compile(r"[A-Za-z0-9(\[&]")
_FOLDED = str.maketrans({
    "。": ".", "、": ",", "【": "[", "】": "]", "〔": "(", "〕": ")", "「": '"', "」": '"', "“": '"', "”": '"',
    "‘": "'", "’": "'", "–": "-", "—": "-", "―": "-", "‐": "-", "‑": "-", "−": "-", "－": "-", "~": "-", "·": ".",
})  # fmt: skip
_LEVEL_WORD = re.compile(r"(初级|中级|高级)(?!别|语言|编程|程序|算法|功能|搜索|应用|设置|特性|查询)")
#: Every step looks at the same lines again.
_KEPT = 20_000


@lru_cache(maxsize=_KEPT)
def tidy(text: str) -> str:
    """Return text as it should be stored: one line, no marks of Markdown or HTML, no spaces between ideographs."""
    plain = _unmarked(text)
    plain = _WIDE.sub(lambda wide: unicodedata.normalize("NFKC", wide.group()), plain).translate(_RADICALS)
    plain = _DOT_OF_NUMBER.sub(".", plain)
    plain = _SPACES.sub(" ", plain).strip()
    return _AFTER_BRACKET.sub("", _MARK_GAP.sub("", _CHINESE_GAP.sub("", plain)))


@lru_cache(maxsize=_KEPT)
def fold(text: str) -> str:
    """Return text for comparing only: without spaces, one width, one case, one form of each punctuation mark."""
    wide = unicodedata.normalize("NFKC", tidy(text)).translate(_FOLDED)
    return _SPACES.sub("", wide).casefold()


def joined(parts: Iterable[str]) -> str:
    """Return the pieces of a wrapped text as one, with a space only where two Latin words meet."""
    whole = ""
    for part in map(tidy, parts):
        apart = _LATIN_END.search(whole[-1:]) and _LATIN_START.match(part)
        whole = f"{whole} {part}" if apart else whole + part
    return tidy(whole)


def level_named(text: str) -> LevelName | None:
    """Return the one level that a caption or label names, None if it names none or several."""
    named = set(_LEVEL_WORD.findall(fold(text)))
    if len(named) != 1:
        return None
    return next(name for word, name in _LEVELS if word in named)


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a cell or line, tidied: parted by newlines or by HTML's own marks."""
    broken = _BLOCK_TAG.sub("\n", text)
    return [paragraph for paragraph in map(tidy, broken.splitlines()) if paragraph]


def _unmarked(text: str) -> str:
    plain = _INVISIBLE.sub("", text)
    if "<" in plain:
        plain = _INLINE_TAG.sub("", _BLOCK_TAG.sub(" ", plain))
    if "&" in plain:
        plain = _ENTITY.sub(_character, plain)
    plain = _UNDERLINED.sub(r"\1", _BOLD.sub("", _HEADING_MARK.sub("", plain)))
    return _ESCAPE.sub(r"\1", plain) if "\\" in plain else plain


def _character(entity: re.Match[str]) -> str:
    return html.unescape(entity.group())
