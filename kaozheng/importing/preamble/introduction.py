"""What stands between a level's heading in the requirements and its first unit: 6.1 in a standard by categories."""

from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.assessment import assessment_of, rules_in
from kaozheng.importing.preamble.categories import category_named
from kaozheng.importing.preamble.enumerations import distinct, items
from kaozheng.importing.preamble.flow import Flow, claim_rest
from kaozheng.importing.preamble.sentences import Sentence, sentences
from kaozheng.importing.report import Ledger
from shared.standards.preamble import Assessment, SkillCategory

_SECTION = ("等级的说明", "introduction of a level")
_FEWEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduction:
    """The level in other words, how it is assessed, and which categories it names, each as far as stated."""

    description: str | None = None
    assessment: Assessment | None = None
    categories: tuple[SkillCategory, ...] = ()


def read_introduction(
    lines: Sequence[Line], ledger: Ledger, *, categories: Sequence[SkillCategory] = (), clause: str | None = None
) -> Introduction:
    """Return what the text before a level's first unit says; `categories` are those of the standard."""
    flow = Flow.of(lines)
    told = tuple(sentences(flow.text))
    rules = rules_in(told)
    others = [sentence for sentence in told if sentence not in rules]
    for sentence in told:
        what = "考核 assessment" if sentence in rules else "等级说明 description"
        flow.use(ledger, sentence.start, sentence.end, what)
    named = _categories(flow, ledger, others, categories)
    claim_rest(lines, ledger, "introduction-not-understood", _SECTION)
    return Introduction(
        description="".join(sentence.words for sentence in others) or None,
        assessment=assessment_of(rules, clause),
        categories=named,
    )


def _categories(
    flow: Flow, ledger: Ledger, told: Sequence[Sentence], categories: Sequence[SkillCategory]
) -> tuple[SkillCategory, ...]:
    """Return the categories that a sentence lists; a list in which only some are known is doubted."""
    for sentence in told:
        words = [word for item in items(sentence.words) for word in _parts(item)]
        known = [category for word in words if (category := category_named(word, categories))]
        if len(known) >= _FEWEST:
            listed = sentence.words.partition("等")[0]
            unknown = [word for item in items(listed) for word in _parts(item) if not category_named(word, categories)]
            if unknown:
                zh, en = f"“{'”“'.join(unknown)}”不是已知的技能分类。", f"No known category: {', '.join(unknown)}."
                flow.doubt(ledger, sentence.start, sentence.end, ("category-unknown", zh, en))
            by_code = {category.code: category for category in known}
            return tuple(by_code[code] for code in distinct([category.code for category in known]))
    return ()


def _parts(item: str) -> list[str]:
    """Return the words of one item of a list: 能运用… at its head and 等技能 at its end left out, A和B parted."""
    word = item.partition("等")[0]
    for opening in ("能够运用", "能运用", "运用", "掌握", "具备", "能够", "能"):
        word = word.removeprefix(opening)
    return [part for part in word.replace("及", "和").split("和") if part]
