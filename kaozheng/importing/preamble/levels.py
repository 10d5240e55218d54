"""职业技能等级划分: what each level is, whether levels include one another, and how they are assessed."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.assessment import assessment_of, rules_in
from kaozheng.importing.preamble.categories import categories_in
from kaozheng.importing.preamble.flow import Flow, claim_rest, wording
from kaozheng.importing.preamble.inclusion import NOT_STATED, Kind, inclusion_in
from kaozheng.importing.preamble.passages import Passage, by_level, passages
from kaozheng.importing.preamble.sentences import Sentence, sentences
from kaozheng.importing.report import Ledger
from shared.standards.codes import LEVELS, LevelName
from shared.standards.preamble import Assessment, Inclusion, SkillCategory

_SECTION = ("职业技能等级划分", "skill levels")
_DIVISION = re.compile(r"等级|级别|[初中高]级")
_IMPLIED = (
    "inclusion-implied",
    "只写“依次递进”，按高等级涵盖低等级处理，请核对。",
    "The document only says that levels build on each other; read as higher levels including lower ones.",
)
_TWICE = (
    "level-twice",
    "同一等级有几段说明，已合并。",
    "A level is described more than once; the texts are joined.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class LevelTexts:
    """What the section says; a level that is missing in a mapping is not described, or its assessment not stated."""

    descriptions: dict[LevelName, str] = field(default_factory=dict)
    inclusion: Inclusion = NOT_STATED
    assessment: dict[LevelName, Assessment] = field(default_factory=dict)
    categories: tuple[SkillCategory, ...] = ()


def read_levels(
    lines: Sequence[Line], ledger: Ledger, *, clause: str | None = None, known: Mapping[str, str] | None = None
) -> LevelTexts:
    """Return the texts of the levels. `clause` is the section's number, `known` the codes of stored categories."""
    flow = Flow.of(lines)
    found = passages(flow)
    intro_end = found[0].start if found else len(flow.text)
    ruling, inclusion = _inclusion(flow, ledger, clause)
    told = by_level(flow, found)
    descriptions: dict[LevelName, str] = {}
    for_all = _assessment(flow, ledger, (0, intro_end), clause)
    assessment = dict.fromkeys(LEVELS, for_all) if for_all else {}
    for level in (each for each in LEVELS if each in told):
        if len(told[level]) > 1:
            flow.doubt(ledger, told[level][1].start, told[level][1].end, _TWICE)
        words = "\n".join(filter(None, (_description(flow, passage, ruling) for passage in told[level])))
        if words:
            descriptions[level] = words
        for passage in told[level]:
            flow.use(ledger, passage.start, passage.end, f"等级 level {level}")
            own = _assessment(flow, ledger, (passage.body, passage.end), clause)
            if own is not None:
                assessment[level] = own
    categories = categories_in(flow, ledger, (0, intro_end), known)
    _claim_intro(flow, ledger, intro_end, found)
    claim_rest(lines, ledger, "levels-not-understood", _SECTION)
    return LevelTexts(descriptions=descriptions, inclusion=inclusion, assessment=assessment, categories=categories)


def _inclusion(flow: Flow, ledger: Ledger, clause: str | None) -> tuple[Sentence | None, Inclusion]:
    """Return the sentence that rules on inclusion and the rule; one in so many words beats one that implies it."""
    rulings = [(sentence, ruled) for sentence in sentences(flow.text) if (ruled := inclusion_in(sentence))]
    best: tuple[Sentence, tuple[Kind, bool]] | None = min(rulings, key=lambda each: not each[1][1], default=None)
    if best is None:
        return None, NOT_STATED
    sentence, (kind, explicit) = best
    flow.use(ledger, sentence.start, sentence.end, "包含关系 inclusion")
    if not explicit:
        flow.doubt(ledger, sentence.start, sentence.end, _IMPLIED)
    return sentence, Inclusion(kind=kind, clause=clause or None, description=sentence.words)


def _description(flow: Flow, passage: Passage, ruling: Sentence | None) -> str:
    """Return a passage's words without a sentence that rules on all levels."""
    start, end = passage.body, passage.end
    if ruling is None or not start <= ruling.start < end:
        return _said(flow.text[start:end])
    before, after = flow.text[start : ruling.start], flow.text[ruling.end : end]
    return _said(before + after) if (before + after).strip() else _said(flow.text[start:end])


def _said(text: str) -> str:
    return wording(text.strip().lstrip("：:，, "))


def _assessment(flow: Flow, ledger: Ledger, span: tuple[int, int], clause: str | None) -> Assessment | None:
    rules = rules_in(tuple(sentences(flow.text, *span)))
    for rule in rules:
        flow.use(ledger, rule.start, rule.end, "考核 assessment")
    return assessment_of(rules, clause)


def _claim_intro(flow: Flow, ledger: Ledger, end: int, found: Sequence[Passage]) -> None:
    """Use the sentences that say into which levels skills are divided, and the labels of empty passages."""
    for sentence in _dividing(flow.text, end):
        flow.use(ledger, sentence.start, sentence.end, "等级划分 division into levels")
    for passage in found:
        flow.use(ledger, passage.start, passage.body, "等级 level " + ", ".join(passage.levels))


def _dividing(text: str, end: int) -> Iterator[Sentence]:
    return (sentence for sentence in sentences(text, 0, end) if _DIVISION.search(sentence.compact))
