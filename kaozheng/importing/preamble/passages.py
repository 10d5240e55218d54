"""Text that is divided by level: 【…】（初级）：…, a)初级：…, or a level's name alone on a line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.importing.preamble.flow import NUMBERING, Flow
from shared.standards.codes import LevelName

_LETTERS: dict[str, LevelName] = {"初": "junior", "中": "intermediate", "高": "senior"}
_LEVEL = r"[初中高]\s?级"
_GROUP = rf"(?P<group>(?:[初中高]\s?[、/]\s?)*{_LEVEL}(?:\s?[、，,/和及与]\s?{_LEVEL})*)"
_NAME = r"(?P<name>[^，。；、：:;\n]{0,40}?)"
_TAIL = (
    r"(?:职业技能|技能|等级|水平|证书|人员|岗位|工作|职业|面向|对应|要求|描述|标准|群|[（(]群[）)]|能力|划分|"
    r"[/（(]\s?[一二三四五ⅠⅡⅢ1-5]级?[）)]?)*"
)
_VERB = r"(?:主要|能|可|面向|具备|具有|掌握|熟悉|熟练|了解|根据|应|从事|适用)"
_AT_HEAD = re.compile(
    rf"(?m)^(?:{NUMBERING}\s*)?{_NAME}(?P<open>[【（(\[“\"《]*){_GROUP}[】）)\]”\"》]*{_TAIL}[】）)\]]*[ ]?"
    rf"(?P<close>[:：]|[—–-]{{1,2}}|(?=\n|\Z)|(?={_VERB}))"
)
_INSIDE = re.compile(
    rf"(?<=[。；;！\s])(?:{NUMBERING}\s?)?(?P<name>(?:【[^】\n]{{1,40}}】)?[^，。；、：:;\s【】（）()]{{0,20}}?)"
    rf"(?P<open>[（(【]?){_GROUP}[）)】]?{_TAIL}[）)】]?\s?(?P<close>[:：])"
)
_NOT_A_NAME = re.compile(r"分为|划分为|涵盖|包含|包括|达到|高于|低于|以上|以下|具备|取得|获得|申请|通过")


@dataclass(frozen=True, slots=True)
class Passage:
    """What is said of one or several levels: the label begins at `start`, the words at `body`."""

    levels: tuple[LevelName, ...]
    start: int
    body: int
    end: int


def passages(flow: Flow) -> tuple[Passage, ...]:
    """Return the passages in order; what stands before the first is said of all levels."""
    labels = _labels(flow.text)
    return tuple(
        Passage(_levels(label["group"]), label.start(), label.end(), after.start() if after else len(flow.text))
        for label, after in zip(labels, [*labels[1:], None], strict=False)
    )


def _labels(text: str) -> list[re.Match[str]]:
    found: list[re.Match[str]] = []
    for match in sorted((*_AT_HEAD.finditer(text), *_INSIDE.finditer(text)), key=re.Match.start):
        if _is_label(match) and (not found or match.start() >= found[-1].end()):
            found.append(match)
    return found


def _is_label(match: re.Match[str]) -> bool:
    """Tell labels from sentences in which a level happens to be named."""
    if _NOT_A_NAME.search(match["name"]):
        return False
    if match["close"]:
        return True
    several = len(_levels(match["group"])) > 1
    at_end = match.end() == len(match.string) or match.string[match.end()] == "\n"
    return not several and (at_end or not match["name"] or bool(match["open"]) or match["name"].endswith("】"))


def _levels(group: str) -> tuple[LevelName, ...]:
    return tuple(dict.fromkeys(_LETTERS[letter] for letter in group if letter in _LETTERS))


def by_level(flow: Flow, found: Sequence[Passage]) -> dict[LevelName, list[Passage]]:
    """Return the passages that say something, for each level."""
    told: dict[LevelName, list[Passage]] = {}
    for passage in found:
        if flow.text[passage.body : passage.end].strip():
            for level in passage.levels:
                told.setdefault(level, []).append(passage)
    return told
