"""Where numbers stand in a text, and how likely each is the number of an item rather than a part of the sentence."""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from kaozheng.importing.tree.numbers import Number, read_number

#: At the start of a paragraph; after a sentence or before a verb; after a space; inside a phrase.
START, LIKELY, POSSIBLE, UNLIKELY = 3, 2, 1, 0

VERBS = (
    "能|会|可以|可根据|了解|掌握|具备|具有|熟悉|熟练|理解|懂得|知道|知晓|明确|明白|正确|准确|及时|独立|根据|按照|按|依据|依照|结合|运用|使用"
    "|利用|通过|完成|进行|参与|协助|配合|负责|执行|制定|制订|认识|认知|识别|遵守|遵循|针对|应能|应会|应|需|初步|基本|撰写|编写|编制|分析|设计"
    "|搭建|组织|指导|管理|处理|检查|操作|安装|调试|维护|配置|实施|开展|建立|做到|做好|胜任|对"
)
_VERB = re.compile(rf"(?:{VERBS})")
_STRICT_VERB = re.compile(r"(?:能|会|可以|了解|掌握|具备|具有|熟悉|熟练|理解|懂得|知道|应能|应会)")
_ENDED = re.compile(r"[。；;！!？?]\s*[”\"』」）)]?\s*$")
_REFERS = re.compile(
    r"(?:见|参见|详见|参照|参考|第|按|按照|依据|根据|符合|满足|执行|如|和|与|及|或|至|到|(?<=[见如照按据由的，,、])[表图]|条|款|章|节|版本?|标准"
    r"|[、/\-—–~～(（“\"《<=]|[A-Za-z]|\d\s*|[vV]er\.?|为|是|达|约|共|从|在|的|等)\s*$"
)
_REFERRED = re.compile(
    r"\s?(?:版|条|款|章|节|项|类|个|规定|所|中|的|及|和|与|、|至|到|～|~|—|-|/|,|，|。|；|;|\)|）|”|》|以上|以下|$)"
)
_DOTTED = re.compile(r"(?<![\d.A-Za-z/_-])\d{1,2}(?:\s?[.．]\s?\d{1,2}(?![\d%％])){1,3}(?!\s?\.\d)")
_PLAIN = re.compile(r"(?<![\d.A-Za-z/_-])\d{1,2}\s?[.、](?=\s?[\u4e00-\u9fffA-Z“《])")
_RELATIVE = re.compile(
    r"[（(]\s?\d{1,2}\s?[)）]|(?<![\d.A-Za-z/_（(-])\d{1,2}\s?[)）]|[①-⑳⑴-⒛]"
    r"|(?<![A-Za-z0-9])[A-Za-z]\s?[.．、)）](?![A-Za-z])|[（(]\s?[A-Za-z一二三四五六七八九十]\s?[)）]"
)
_BEFORE = 12
_AFTER = 16


@dataclass(frozen=True, slots=True)
class Mark:
    """A number in a text: from `start` to `end`, where the words of its item would begin."""

    number: Number
    start: int
    end: int
    strength: int
    #: The words after it begin as requirements do.
    before_verb: bool
    #: They begin with 能, 会, 具备 or the like.
    before_able: bool = False
    #: Something before it says that it is spoken of: 见 1.1.2, Python 3.6.1.
    referred: bool = False


@lru_cache(maxsize=4096)
def marks_in(text: str) -> tuple[Mark, ...]:
    """Return all numbers in a tidied paragraph from left to right that might be those of items."""
    found: list[Mark] = []
    number, rest = read_number(text)
    end = 0
    if number:
        end = len(text) - len(rest)
        found.append(_mark(text, number, 0, end))
    candidates = [match for pattern in (_DOTTED, _PLAIN, _RELATIVE) for match in pattern.finditer(text, end)]
    for match in sorted(candidates, key=lambda each: (each.start(), -each.end())):
        if match.start() < end:
            continue
        number, rest = read_number(text[match.start() : match.start() + _AFTER])
        if number:
            end = min(len(text), match.start() + _AFTER) - len(rest)
            found.append(_mark(text, number, match.start(), max(end, match.end())))
            end = found[-1].end
    return tuple(found)


def _mark(text: str, number: Number, start: int, end: int) -> Mark:
    before, after = text[max(0, start - _BEFORE) : start], text[end : end + _AFTER]
    before_verb = begins_like_requirement(after)
    mark = Mark(number, start, end, UNLIKELY, before_verb, before_able=says_can(after))
    if not before.strip():
        return replace(mark, strength=START)
    if _ENDED.search(before):
        return replace(mark, strength=LIKELY)
    referred = _REFERS.search(before) is not None or _REFERRED.match(after) is not None
    if referred:
        # 能使用 Photoshop 1.1.2 能… is an item all the same; whoever expects this very number may take it
        strict = _STRICT_VERB.match(after) is not None and before.endswith(" ")
        return replace(mark, strength=POSSIBLE if strict else UNLIKELY, referred=True)
    if before_verb:
        return replace(mark, strength=LIKELY)
    return replace(mark, strength=POSSIBLE if before.endswith(" ") else UNLIKELY)


def begins_like_requirement(text: str) -> bool:
    """Tell whether a text begins with a word that requirements begin with: 能, 了解, 掌握 and their like."""
    return _VERB.match(text.lstrip("：: ")) is not None


def says_can(text: str) -> bool:
    """Tell whether a text begins as nothing but a requirement does: 能…, 会…, 具备…."""
    return _STRICT_VERB.match(text) is not None


def leads_to_number(text: str) -> bool:
    """Tell whether a text ends so that a number after it is spoken of: …使用 Python, …见."""
    return not has_ended(text) and _REFERS.search(text[-_BEFORE:]) is not None


def has_ended(text: str) -> bool:
    """Tell whether a text ends like a sentence or an item of a list."""
    return not text or _ENDED.search(text[-4:]) is not None
