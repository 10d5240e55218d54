"""规范性引用文件: the documents that a standard relies on, dated or not, numbered or not."""

import re
from collections.abc import Iterator, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.designations import DESIGNATION, designation
from kaozheng.importing.preamble.flow import NUMBERING, Flow, claim_rest, one_line, typed, without_numbering
from kaozheng.importing.report import Ledger
from kaozheng.importing.wording import tidy
from shared.standards.preamble import NormativeReference

_SECTION = ("规范性引用文件", "normative references")
_BOILERPLATE = re.compile(
    r"^序号|^标准编?号|(?:下列|以下)(?:文件|标准)|注(?:明)?(?:日期|年份)|最新版本|规范性引用|必不可少|修改单|适用于本(?:标准|文件)|引用(?:而|的)?(?:构成|成为)"
)
_NONE = re.compile(r"^(?:本(?:标准|文件|规范))?(?:没有|无|暂无|不涉及)(?:规范性)?(?:引用文件)?[。.]?$")
_MARK = re.compile(rf"(?:{NUMBERING}|\[\d{{1,2}}\]|［\d{{1,2}}］|\d{{1,2}} (?=[A-Z《]))\s*")
_TITLE_END = re.compile(r"^《.*》\s?(?:[（(][^）)]*[）)])?$|年版?[）)]$")
_TITLED = re.compile(r"《[^》\n]{2,}》")
#: Words that titles of laws, catalogues and the like end with.
_KIND = re.compile(
    r"(?:法|条例|办法|规定|规范|规程|标准|目录|指南|大纲|准则|规则|导则|通则|大典)(?:[（(][^）)]*[）)])?$"
    r"|^国家职业(?:技能)?标准|^中华人民共和国"
)
_YEAR = re.compile(r"[（(]?((?:19|20)\d\d)\s?(?:年)?(?:版|修订|修正)?[）)]?$")
_SENTENCE_END = re.compile(r"[。；;]$")
_SENTENCE = re.compile(r"应当|按照|依据|适用|规定的|根据|本标准|本文件")
_NEXT = re.compile(rf"(?<=[；;。\s])(?={DESIGNATION.pattern})")
#: Titles of standards part their elements by a space (质量管理 术语); this stands for it while text is tidied.
_GAP = "␣"
_PARTED = re.compile(r"(?<=[\u4e00-\u9fff》]{2})[ \u3000]+(?=[\u4e00-\u9fff]{2}|第\s?\d)")
_BRACKETS = {"(": ")", "（": "）", "[": "]", "【": "】", "《": "》"}


def read_references(lines: Sequence[Line], ledger: Ledger) -> tuple[NormativeReference, ...]:
    """Return the references in order; boilerplate is ignored, what is no reference is doubted."""
    flow = Flow.of(lines, _with_gaps)
    found = []
    for start, end in _entries(flow.text):
        reference = _reference(flow, ledger, start, end)
        if reference is not None:
            found.append(reference)
    claim_rest(lines, ledger, "reference-not-understood", _SECTION)
    return tuple(found)


def _with_gaps(line: Line) -> str:
    return tidy(_PARTED.sub(_GAP, typed(line)))


def _entries(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each entry or paragraph begins and ends; some documents give several on one line."""
    starts, offset, before = [0], 0, ""
    for piece in text.split("\n"):
        if before and _begins_entry(piece, before):
            starts.append(offset)
        starts.extend(offset + match.start() for match in _NEXT.finditer(piece) if _is_next(piece, match.start()))
        offset, before = offset + len(piece) + 1, piece or before
    starts = sorted(set(starts))
    yield from zip(starts, [*starts[1:], len(text)], strict=True)


def _begins_entry(piece: str, before: str) -> bool:
    bare = _MARK.sub("", piece, count=1) if _MARK.match(piece) else piece
    if DESIGNATION.match(bare) or bare.startswith("《") or (bare != piece and len(bare) > 1):
        return True
    # "title (GB/T 1-2000)" ends with its number, so what follows is the next one
    last = _last_number(before)
    ended = last is not None and last.start() > 0
    return bool(_SENTENCE_END.search(before)) or ended or bool(_TITLE_END.search(before) and not bare.startswith("第"))


def _is_next(piece: str, place: int) -> bool:
    """Tell whether a number inside a line begins the next entry: one has ended, and no bracket is open."""
    head = piece[:place].rstrip()
    ended = bool(_SENTENCE_END.search(head)) or DESIGNATION.search(head) is not None
    return ended and all(head.count(opening) <= head.count(closing) for opening, closing in _BRACKETS.items())


def _reference(flow: Flow, ledger: Ledger, start: int, end: int) -> NormativeReference | None:
    entry = one_line(flow.text[start:end]).strip("；;。, ")
    bare = (_MARK.sub("", entry, count=1) if _MARK.match(entry) else without_numbering(entry)).strip()
    if not bare or _NONE.match(bare) or (_BOILERPLATE.search(bare) and not DESIGNATION.match(bare)):
        flow.ignore(ledger, start, end, "规范性引用文件的通用说明 boilerplate of the references")
        return None
    number = DESIGNATION.match(bare) or _last_number(bare)
    if number is None:
        return _unnumbered(flow, ledger, (start, end), bare)
    told = designation(number)
    title = _title(bare[: number.start()] + bare[number.end() :])
    if not title:
        zh, en = f"引用文件 {told.number} 没有名称。", f"Reference {told.number} has no title."
        flow.doubt(ledger, start, end, ("reference-without-title", zh, en))
    flow.use(ledger, start, end, f"引用文件 reference {told.number}")
    return NormativeReference(number=told.number, year=told.year, title=title or told.number)


def _last_number(entry: str) -> re.Match[str] | None:
    """Return the number that stands behind a title, alone or in brackets."""
    matches = [match for match in DESIGNATION.finditer(entry) if not entry[match.end() :].strip("）)】。；; ")]
    return matches[-1] if matches else None


def _unnumbered(flow: Flow, ledger: Ledger, span: tuple[int, int], entry: str) -> NormativeReference | None:
    titled = _TITLED.search(entry) if not _SENTENCE.search(entry) else None
    if titled is None and not _KIND.search(entry):
        return None
    if titled is None:
        zh, en = "引用文件没有编号，按名称收入。", "A reference without a number; kept by its title."
        flow.doubt(ledger, *span, ("reference-without-number", zh, en))
    flow.use(ledger, *span, "引用文件 reference")
    year = _YEAR.search(entry)
    return NormativeReference(number=None, year=int(year[1]) if year else None, title=_title(entry) or entry)


def _title(text: str) -> str:
    """Return a title without its book marks, empty brackets and the marks around it."""
    title = re.sub(r"[（(【]\s?[）)】]", "", text).strip("：:；;，,。.— -")
    if title.startswith("《") and title.endswith("》") and title.count("《") == 1:
        title = title[1:-1]
    return re.sub(r"第\s?(\d{1,2})\s?部分", r"第\1部分", title.replace(_GAP, " ")).strip()
