"""术语和定义: numbered terms, and what to do where the numbers are lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.flow import Flow, claim_rest, one_line
from kaozheng.importing.preamble.term_heading import Parsed, parse_term
from kaozheng.importing.report import Ledger
from shared.standards.preamble import Term

_SECTION = ("术语和定义", "terms and definitions")
_DOTTED = re.compile(r"(?m)^(?:[-•●]\s)?(?P<clause>\d{1,2}(?:\s?\.\s?\d{1,3})+)(?![\d.]*\d)\s?[.、]?\s*")
_SIMPLE = re.compile(r"(?m)^[（(]?(?P<clause>\d{1,2})\s?[）).、]\s*(?=[^\d\s])")
_BOILERPLATE = re.compile(r"适用于本(?:标准|文件|规范)|(?:下列|以下)术语|没有需要界定|界定的(?:以及)?")
_NONE = re.compile(r"^(?:本(?:标准|文件|规范))?(?:没有|无|暂无)(?:需要界定的)?(?:术语和定义)?[。.]?$")
_HEADING_LIKE = re.compile(r"^[^，。；！？]{1,60}$")
_ENDED = re.compile(r"[。；！？.;!?]$")
_STEP = 3
_STRANGE = (
    "term-number",
    "行首的编号接不上前一个术语，按定义的续行处理，请核对。",
    "The number at the head of this line does not follow the term before; read as part of its definition.",
)


@dataclass(frozen=True, slots=True)
class _Start:
    """Where a term begins: the offset of its number, the offset of its words, the number."""

    at: int
    words: int
    clause: str


def read_terms(lines: Sequence[Line], ledger: Ledger, *, clause: str | None = None) -> tuple[Term, ...]:
    """Return the terms in order. `clause` is the section's number; terms without numbers are counted under it."""
    flow = Flow.of(lines)
    starts, strange = _numbered(flow.text, _DOTTED)
    if not starts:
        starts, strange = _numbered(flow.text, _SIMPLE)
    counted = not starts
    if counted:
        starts = _counted(flow.text, clause)
    first = starts[0].at if starts else len(flow.text)
    preface = one_line(flow.text[:first])
    if _BOILERPLATE.search(preface) or _NONE.match(preface):
        flow.ignore(ledger, 0, first, "术语和定义的通用说明 boilerplate of the terms")
    for place in strange:
        flow.doubt(ledger, place, len(flow.text), _STRANGE)
    found = []
    for start, following in zip(starts, [*starts[1:], None], strict=False):
        _check_number(flow, ledger, start, (following, counted))
        term = _term(flow, ledger, start, following)
        if term is not None:
            found.append(term)
    claim_rest(lines, ledger, "term-not-understood", _SECTION)
    return tuple(found)


def _check_number(flow: Flow, ledger: Ledger, start: _Start, context: tuple[_Start | None, bool]) -> None:
    following, counted = context
    if counted:
        zh, en = f"术语没有编号，按次序记为 {start.clause}。", f"A term without a number; counted as {start.clause}."
        flow.doubt(ledger, start.at, len(flow.text), ("term-unnumbered", zh, en))
    if following is not None and following.clause == start.clause:
        zh, en = f"术语编号 {start.clause} 出现两次。", f"The number {start.clause} is given to two terms."
        flow.doubt(ledger, following.at, len(flow.text), ("term-number-twice", zh, en))


def _term(flow: Flow, ledger: Ledger, start: _Start, following: _Start | None) -> Term | None:
    end = following.at if following else len(flow.text)
    parsed = _parse(flow, start, end)
    if not parsed.definition and _is_group(start, following):
        flow.ignore(ledger, start.at, end, "一组术语的标题 heading of a group of terms")
        return None
    if not parsed.definition or not parsed.title:
        zh = f"{start.clause} 没有读出术语名称及其定义，未收入。"
        reason = ("term-incomplete", zh, f"No term with a definition found in {start.clause}; left out.")
        flow.doubt(ledger, start.at, end, reason)
        flow.use(ledger, start.at, end, f"术语 term {start.clause}")
        return None
    flow.use(ledger, start.at, end, f"术语 term {start.clause}")
    return Term(clause=start.clause, title=parsed.title, title_en=parsed.title_en, definition=parsed.definition)


def _parse(flow: Flow, start: _Start, end: int) -> Parsed:
    lines = flow.between(start.words, end)
    if not lines:
        return parse_term([], "")
    # the line of the term as typed, number taken off, for the spaces that tidying drops
    number = re.compile(r"[\s#*_>（(•●-]*" + r"\s*".join(map(re.escape, start.clause)) + r"[\s*_.、）)]*")
    first = number.sub("", lines[0].text, count=1) if number.match(lines[0].text) else lines[0].text
    return parse_term(flow.text[start.words : end].strip().split("\n"), first)


def _is_group(start: _Start, following: _Start | None) -> bool:
    return following is not None and following.clause.startswith(f"{start.clause}.")


def _numbered(text: str, pattern: re.Pattern[str]) -> tuple[list[_Start], list[int]]:
    """Return where the numbers of terms stand, and where numbers that do not follow, perhaps part of a sentence."""
    starts: list[_Start] = []
    strange: list[int] = []
    for match in pattern.finditer(text):
        clause = re.sub(r"\s", "", match["clause"])
        if not starts or _follows(starts[-1].clause, clause):
            starts.append(_Start(match.start(), match.end(), clause))
        elif clause.split(".")[0] == starts[-1].clause.split(".")[0]:
            strange.append(match.start())
    return starts, strange


def _follows(last: str, clause: str) -> bool:
    """Tell whether a number comes next: the same again, a few on where some are lost, one deeper, or back up."""
    old, new = last.split("."), clause.split(".")
    if new[:-1] == old[:-1]:
        return int(old[-1]) <= int(new[-1]) <= int(old[-1]) + _STEP
    deeper = new[:-1] == old and int(new[-1]) <= _STEP
    level = len(new) - 1
    shallower = level < len(old) - 1 and new[:-1] == old[:level] and 0 < int(new[-1]) - int(old[level]) <= _STEP
    return deeper or shallower


def _counted(text: str, section: str | None) -> list[_Start]:
    """Return where unnumbered terms begin: a short line without marks, followed by something."""
    places = list(_term_like(text))
    prefix = f"{section}." if section else ""
    return [_Start(at, at, f"{prefix}{count}") for count, at in enumerate(places, start=1)]


def _term_like(text: str) -> Iterator[int]:
    pieces, offset, ended, latin = text.split("\n"), 0, True, False
    for index, piece in enumerate(pieces):
        more = index + 1 < len(pieces)
        heading = bool(ended and more and _HEADING_LIKE.match(piece) and not _BOILERPLATE.search(piece))
        if heading and not latin:
            yield offset
        latin = heading
        ended = bool(_ENDED.search(piece))
        offset += len(piece) + 1
