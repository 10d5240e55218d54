"""Captions that say to which level what follows belongs: 表 1 …（初级）, 6.2.1 初级, 【…】（初级）, 初级职业技能."""

import re
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.tree.numbers import Number, read_number
from kaozheng.importing.wording import fold, level_named, tidy
from shared.standards.codes import LevelName

_LONGEST = 60
_TABLE = re.compile(r"(?:续|附)?表(?:\d{1,2}(?:[.-]\d{1,2}){0,2}|[一二三四五六七八九十]{1,3})?[:：.,]?")
_SENTENCE = re.compile(r"[。；;！？，,]|\.$")
_WORD = re.compile(r"初级|中级|高级")
_IN_BRACKETS = re.compile(r"[(\[]\s*(?:初级|中级|高级)[^()\[\]]{0,8}[)\]]")
#: Words that a caption may be made of beside the level and the standard's own name.
_GENERIC = re.compile(
    r"职业技能等级标准|职业技能|职业|技能|等级|级别|要求|描述|标准|证书|能力|具体|内容|如下|所示|工作领域|工作任务|领域|任务|部分"
    r"|见|表|续|的|及|与|和|对应|[()\[\]:.,\"\-#]|\d|第|层级|level|junior|intermediate|senior|(?<![a-z])[ivx]{1,3}(?![a-z])"
)
_TABLE_ONLY = re.compile(
    r"(?:续|附)?表(?:\d{1,2}(?:[.-]\d{1,2}){0,2}|[一二三四五六七八九十]{1,3})"
    r"(?:\(续\)|续)?(?:$|(?!所|中|的|内|里|给|列)(?=.*(?:要求|等级|标准|技能|续)))|续表$|\(续\)$|\(?续表\d*\)?$"
)
_CAPTION_WORD = re.compile(r"职业技能|等级|要求|标准")
_WORKERS = "(?:初级工|中级工|高级工|技师|高级技师)"
_OTHER_LEVELS = re.compile(rf"[一二三四五]级/?{_WORKERS}|{_WORKERS}[/(][一二三四五]级")
_NAME_SHARE = 0.75


@dataclass(frozen=True, slots=True)
class Caption:
    """A line that names the level of what follows it, with its own number where it is a heading."""

    line: Line
    level: LevelName
    number: Number | None

    @property
    def clause(self) -> str:
        """Return its number as stored, "" if it has none that says its place."""
        return ".".join(map(str, self.number.parts)) if self.number and self.number.is_dotted else ""


def read_caption(line: Line, name: str, within: Caption | None = None) -> Caption | None:
    """Return the caption that a line is, if it is one; `name` is the standard's name without 职业技能等级标准."""
    text = caption_text(line)
    if text is None:
        return None
    return caption_in(text, line, name, within)


def caption_in(text: str, line: Line, name: str, within: Caption | None = None) -> Caption | None:
    """Return the caption that a text is; a heading inside the level's own heading, such as 6.1.1, is a unit instead."""
    level = level_named(text)
    if level is None or len(text) > _LONGEST or _OTHER_LEVELS.search(fold(text)):
        return None
    number, rest = read_number(text)
    if _is_inside(number, within) or _SENTENCE.search(rest):
        return None
    folded = fold(rest) if number and not _TABLE.match(fold(text)) else fold(text)
    table = _TABLE.match(folded)
    bracketed = _IN_BRACKETS.search(folded)
    ends_so = bracketed is not None and bracketed.end() == len(folded)
    if table or ends_so or _says_only_level(folded, name, numbered=number is not None):
        return Caption(line, level, number)
    return None


def caption_text(line: Line) -> str | None:
    """Return the text of a line that may be a caption: one without cells, or a row with one text in it."""
    if line.cells is None:
        return tidy(line.text)
    filled = {cell.strip(): None for cell in line.cells if cell.strip()}
    return tidy(next(iter(filled))) if len(filled) == 1 else None


def is_table_title(text: str) -> bool:
    """Tell whether a text is the title of a table, whatever it says."""
    folded = fold(text)
    return len(folded) <= _LONGEST and _TABLE_ONLY.match(folded) is not None and not _SENTENCE.search(folded)


def names_other_levels(text: str) -> bool:
    """Tell whether a text speaks of the five levels of the national occupational standards."""
    return _OTHER_LEVELS.search(fold(text)) is not None


def _is_inside(number: Number | None, within: Caption | None) -> bool:
    if number is None or within is None or within.number is None or not within.number.is_dotted:
        return False
    outer = within.number.parts
    return number.depth > len(outer) and number.parts[: len(outer)] == outer


def _says_only_level(folded: str, name: str, *, numbered: bool) -> bool:
    """Tell whether nothing is left of a text without the level, generic words, and the words of the standard's name."""
    rest = _GENERIC.sub("", _WORD.sub("", folded))
    if not rest:
        return True
    if _WORD.match(folded) and numbered and not _CAPTION_WORD.search(folded):
        return False  # 2.1 高级数据运营 is a task, 6.2.3 高级数据运营职业技能要求 is not
    known = set(fold(name))
    begins_or_ends = _WORD.match(folded) or re.search(r"(?:初级|中级|高级)\W*$", _GENERIC.sub("", folded))
    return bool(known) and bool(begins_or_ends) and sum(sign in known for sign in rest) >= _NAME_SHARE * len(rest)
