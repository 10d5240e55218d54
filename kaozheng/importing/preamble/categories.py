"""职业技能分类: the categories that a standard without work areas divides skills into."""

import re
from collections.abc import Mapping, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.enumerations import distinct, items
from kaozheng.importing.preamble.flow import NUMBERING, Flow, claim_rest, one_line, without_numbering
from kaozheng.importing.preamble.sentences import Sentence, sentences
from kaozheng.importing.report import Ledger
from shared.standards.preamble import SkillCategory

_SECTION = ("职业技能分类", "skill categories")
_COUNT = r"(?:[几数多若干两一二三四五六七八九十百\d]{1,3})"
_INTRO = re.compile(
    rf"(?:分为|划分为|分成|包括|包含|有)(?:如下|以下|下列)?\s?{_COUNT}?\s?(?:个)?大?(?:类别?|种类)(?:职业)?(?:技能)?\s?[:：，,]\s?(?P<list>.*)$",
    re.DOTALL,
)
_LISTED = re.compile(rf"(?m)^{NUMBERING}\s*(?P<item>[^\n]+)")
_NOTE = re.compile(r"[（(](?:包含|包括|含|如|例如|即|主要|指)[^（）()]*[）)]")
_ETC = re.compile(r"等?(?:[几一二三四五六七八九十\d]{1,3}个?(?:大)?类(?:别)?)?(?:职业)?(?:技能)?$|等$")
_AND = re.compile(r"^(?P<one>[^和及]{2,})[和及](?P<other>[^和及]{2,})$")
_LONGEST = 30
_CODE = re.compile(r"[a-z][a-z0-9-]{0,59}\Z")


def read_categories(
    lines: Sequence[Line], ledger: Ledger, *, known: Mapping[str, str] | None = None
) -> tuple[SkillCategory, ...]:
    """Return the categories of their own section. `known` gives the codes of titles that are stored already."""
    flow = Flow.of(lines)
    found = categories_in(flow, ledger, (0, len(flow.text)), known)
    claim_rest(lines, ledger, "categories-not-understood", _SECTION)
    return found


def categories_in(
    flow: Flow, ledger: Ledger, span: tuple[int, int], known: Mapping[str, str] | None = None
) -> tuple[SkillCategory, ...]:
    """Return the categories that a stretch of text lists, in a sentence or line by line."""
    for sentence in sentences(flow.text, *span):
        intro = _INTRO.search(sentence.words)
        if intro is None:
            continue
        titles, start = _titles(intro["list"]), sentence.start
        end = sentence.end
        if not titles or _LISTED.search(flow.text, sentence.start, sentence.end):
            titles, end = [_short(each["item"]) for each in _LISTED.finditer(flow.text, start, span[1])], span[1]
        titles = [title for title in titles if title]
        if titles:
            flow.use(ledger, start, end, "技能分类 categories")
            _doubts(flow, ledger, sentence, titles)
            return _coded(titles, known or {})
    return ()


def category_named(text: str, categories: Sequence[SkillCategory]) -> SkillCategory | None:
    """Return the one category that a word means: in full, as its last part (采购), or abbreviated (客服)."""
    word = one_line(text).removesuffix("技能").strip()
    if not word:
        return None
    for fits in (_same, _ends, _abbreviates):
        fitting = [category for category in categories if fits(word, category.title)]
        if fitting:
            return fitting[0] if len(fitting) == 1 else None
    return None


def _same(word: str, title: str) -> bool:
    return word == title


def _ends(word: str, title: str) -> bool:
    return len(word) > 1 and (title.endswith(word) or word.endswith(title))


def _abbreviates(word: str, title: str) -> bool:
    rest = iter(title)
    return len(word) > 1 and all(character in rest for character in word)


def _titles(text: str) -> list[str]:
    listed = [_short(item) for item in items(text.strip("。；; "))]
    both = _AND.match(listed[-1]) if listed else None
    return [*listed[:-1], _short(both["one"]), _short(both["other"])] if both else listed


def _short(item: str) -> str:
    """Return a category's title without number, note in brackets and what is said of it after a colon."""
    title = _NOTE.sub("", re.split(r"[:：]", without_numbering(one_line(item)), maxsplit=1)[0])
    return _ETC.sub("", title.strip("。；;，, ")).strip()


def _doubts(flow: Flow, ledger: Ledger, sentence: Sentence, titles: Sequence[str]) -> None:
    if _NOTE.search(sentence.words):
        zh, en = "类别后括号中的说明未收入名称。", "Notes in brackets behind a category are not part of its title."
        flow.doubt(ledger, sentence.start, sentence.end, ("category-note", zh, en))
    if any(len(title) > _LONGEST for title in titles) or len(set(titles)) < len(titles):
        zh, en = "类别名称过长或重复，请核对。", "A category's title is too long or given twice; please check."
        flow.doubt(ledger, sentence.start, sentence.end, ("category-doubtful", zh, en))


def _coded(titles: Sequence[str], known: Mapping[str, str]) -> tuple[SkillCategory, ...]:
    found: dict[str, SkillCategory] = {}
    for position, title in enumerate(distinct(list(titles)), start=1):
        code = known.get(title, "")
        if not _CODE.match(code) or code in found:
            code = f"category-{position}"
        found[code] = SkillCategory(code=code, title=title)
    return tuple(found.values())
