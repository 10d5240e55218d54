"""对应院校专业: the majors that a standard addresses, by type of school and by edition of the catalogue of majors."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Literal

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.enumerations import distinct, items
from kaozheng.importing.preamble.flow import NUMBERING, Flow, claim_rest, one_line, without_numbering
from kaozheng.importing.report import Ledger
from shared.standards.preamble import Majors, Named

SchoolType = Literal["secondary", "higher", "vocational_bachelor", "applied_bachelor", "other"]

_SECTION = ("对应院校专业", "majors")
_STEM = (
    "高等职业|中等职业|中等专业|职业高中|高职高专|高职|中职|中专|高专|职业教育本科|职业本科|职教本科|本科层次职业|"
    "应用技术型本科|应用型本科|应用本科|普通高等|普通高校|普通本科|本科|专科|技工|技师|开放大学|成人"
)
_KIND = "教育|学校|院校|高校|本科|专科|大学|学院|层次|应用型|普通"
_SCHOOL = rf"(?:{_STEM})(?:{_KIND})*(?:\s?[（(][^（）()\n]{{1,16}}[）)])?"
_SCHOOLS = rf"(?P<school>{_SCHOOL}(?:\s?[、/和及与]\s?{_SCHOOL})*)"
_OPEN, _CLOSE = r"[【\[（(“《]?", r"[】\]）)”》]?"
_LABEL = re.compile(
    rf"(?m)(?:^(?:{NUMBERING}\s*)?|(?<=[。；;\s]))(?:面向|适用|对应)?{_OPEN}{_SCHOOLS}{_CLOSE}"
    rf"(?:相关|对应|适用)?(?:的)?(?:专业)?{_CLOSE}\s?(?:[：:]|——|$)"
)
#: A line that begins with the school and goes on with the majors, nothing between.
_UNLABELLED = re.compile(
    rf"(?m)^(?:{NUMBERING}\s*)?{_OPEN}(?P<school>(?:{_STEM})(?:{_KIND})*(?:学校|院校|高校|大学|专科|本科)){_CLOSE}的?\s?(?=\S)"
)
_CATALOGUE = re.compile(
    rf"(?m)^(?:{NUMBERING}\s*)?(?:参照|依据|按照|根据|对照|基于)?"
    r"(?P<catalogue>[^，。；：:\n]{0,40}目录[^，。；：:\n]{0,20})[：:]?$"
)
_REMARK = re.compile(r"本标准|本文件|参照|参考|均可|也可|适用于|其他|注[:：]")
_NONE = re.compile(r"^(?:无|暂无|没有|/|-|—+)$")
_ETC = re.compile(r"等?(?:相关|相近|类似|有关|对应)?(?:的)?专业(?:群|领域)?(?:的?学生)?等?$|等$")
_LEADING = re.compile(r"^(?:主要)?(?:包括|面向|适用于|对应|涉及|有|为)[：:]?")
_LONGEST = 24
_AND = re.compile(r"^(?P<one>[^和（(]{2,})和(?P<other>[^和）)]{2,})$")


def read_majors(lines: Sequence[Line], ledger: Ledger) -> tuple[Majors, ...]:
    """Return one entry for each type of school under each catalogue, in order."""
    flow = Flow.of(lines)
    marks = _marks(flow.text)
    found, catalogue = [], None
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following else len(flow.text)
        if "catalogue" in mark.re.groupindex:
            catalogue = mark["catalogue"].strip() or None
            flow.use(ledger, mark.start(), mark.end(), "专业目录 catalogue of majors")
            continue
        entry = _majors(flow, ledger, (mark, end), catalogue)
        if entry is not None:
            found.append(entry)
    if not any("school" in mark.re.groupindex for mark in marks):
        found += _without_school(flow, ledger, marks)
    claim_rest(lines, ledger, "majors-not-understood", _SECTION)
    return tuple(found)


def _marks(text: str) -> list[re.Match[str]]:
    """Return where catalogues and schools are named, in order; where two readings overlap, the first of the list."""
    found: list[re.Match[str]] = []
    for pattern in (_LABEL, _CATALOGUE, _UNLABELLED):
        starts = [match.start() for match in found]
        free = [
            match for match in pattern.finditer(text) if _is_free(match, found, bisect_right(starts, match.start()))
        ]
        found = sorted([*found, *free], key=re.Match.start)
    return found


def _is_free(match: re.Match[str], found: Sequence[re.Match[str]], place: int) -> bool:
    """Tell whether a match overlaps neither the one before its place among others nor the one behind."""
    behind = place == len(found) or match.end() <= found[place].start()
    return behind and (place == 0 or found[place - 1].end() <= match.start())


def _majors(flow: Flow, ledger: Ledger, span: tuple[re.Match[str], int], catalogue: str | None) -> Majors | None:
    mark, end = span
    title = one_line(mark["school"])
    flow.use(ledger, mark.start(), mark.end(), f"专业 majors {title}")
    majors = _listed(flow, ledger, (mark.end(), end), title)
    if not majors:
        empty = one_line(flow.text[mark.end() : end]).strip("。；;：: ")
        if not _NONE.match(empty):
            zh, en = f"没有读出“{title}”的专业。", f"No majors found for '{title}'."
            flow.doubt(ledger, mark.start(), mark.end(), ("majors-missing", zh, en))
        return None
    kinds = [school_type(part) for part in re.split(r"[、/和及与]", title)]
    if len(set(kinds)) > 1:
        zh, en = (
            f"“{title}”含几类院校，按第一类收入。",
            f"'{title}' names several types of school; stored as the first.",
        )
        flow.doubt(ledger, mark.start(), mark.end(), ("school-types", zh, en))
    named = tuple(Named(title=name) for name in majors)
    return Majors(school_type=kinds[0], title=title, catalogue=catalogue, majors=named)


def school_type(title: str) -> SchoolType:
    """Return which type of school a printed name means."""
    if "应用" in title:
        return "applied_bachelor"
    if "本科" in title:
        return "vocational_bachelor" if re.search(r"职业|高职|职教", title) else "applied_bachelor"
    if re.search(r"中等|中职|中专|职业高中", title):
        return "secondary"
    return "higher" if re.search(r"高等职业|高职|高专|专科", title) else "other"


def _listed(flow: Flow, ledger: Ledger, span: tuple[int, int], title: str) -> tuple[str, ...]:
    """Return the majors between two places; sentences that are no list are remarks, which the schema does not keep."""
    offset, end = span
    names = _one_a_line(flow.text[offset:end])
    if names:
        flow.use(ledger, offset, end, f"专业 majors {title}")
        return distinct(names)
    for sentence in re.split(r"(?<=。)", flow.text[offset:end]):
        start, offset = offset, offset + len(sentence)
        words = one_line(sentence).strip("。；;：: ")
        if not words or _NONE.match(words):
            continue
        if names and _REMARK.search(words):
            flow.ignore(ledger, start, offset, "关于专业的说明 a remark on majors")
            continue
        found = _names(words)
        if any(_REMARK.search(name) for name in found):
            zh, en = "专业列表中有说明文字，请核对。", "A list of majors with a remark in it; please check."
            flow.doubt(ledger, start, offset, ("majors-remark", zh, en))
        names += found
        flow.use(ledger, start, offset, f"专业 majors {title}")
    return distinct(names)


def _one_a_line(text: str) -> list[str]:
    """Return the majors of a list that gives each its own line and no marks; wrapped sentences have marks."""
    pieces = [piece for piece in text.split("\n") if piece.strip("：: ")]
    if len(pieces) == 1 or any(len(piece) > _LONGEST or re.search(r"[、，,。；;：:]", piece) for piece in pieces):
        return []
    return [name for piece in pieces for name in _names(piece)]


def _names(words: str) -> list[str]:
    """Return the majors of one list, without 等专业 and the like."""
    listed = [without_numbering(item) for item in items(_LEADING.sub("", words))]
    names = [_ETC.sub("", item).strip() for item in listed]
    joined = _AND.match(names[-1]) if len(names) > 1 else None
    if joined:  # A、B和C: names of majors themselves say 与
        names[-1:] = [joined["one"], joined["other"]]
    return [name for name in names if name]


def _without_school(flow: Flow, ledger: Ledger, marks: Sequence[re.Match[str]]) -> list[Majors]:
    start = marks[-1].end() if marks else 0
    if not re.search(r"[、，,]|专业", flow.text[start:]):
        return []
    names = _listed(flow, ledger, (start, len(flow.text)), "")
    if not names:
        return []
    zh, en = "没有写明院校类型，按“其他”收入。", "No type of school is named; stored as 'other'."
    flow.doubt(ledger, start, len(flow.text), ("majors-without-school", zh, en))
    return [Majors(school_type="other", title="院校", majors=tuple(Named(title=name) for name in names))]
