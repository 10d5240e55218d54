"""The title page: what the standard is called, its number and its edition."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.preamble.designations import DESIGNATION, designation
from kaozheng.importing.preamble.flow import claim_rest, line_text
from kaozheng.importing.report import Ledger
from kaozheng.importing.wording import joined

_SECTION = ("封面", "title page")
_TITLE = re.compile(
    r"职业技能(?:等级)?(?:标准|要求|规范)|技能等级(?:标准|要求|规范)|职业能力(?:等级)?(?:标准|要求|规范)"
)
_NAMELESS = re.compile(r"^(?:1\s?\+\s?X)?(?:证书制度)?(?:职业)?技能(?:等级)?(?:标准|要求|规范)")
#: Every title ends in one of these, of which a wrapped line may hold the last character only.
_TITLE_WORD = re.compile(r"[准范求]")
_ANY_TITLE = re.compile(r"(?<=.{3})(?:标准|规范|要求)$")
_UNUSUAL = (
    "title-unusual",
    "标题不含“职业技能等级标准”，请核对名称。",
    "A title that does not say 'skill level standard'; please check the name.",
)
_TRAILING = re.compile(r"\s?[（(]?(?:试行|[Vv]?\d{1,2}\.\d{1,2})?[）)]?")
_FILE = re.compile(r"\.(?:docx?|pdf|wps|rtf|md|txt|html?).{0,8}$", re.IGNORECASE)
#: What parts the words of a web page's path.
_CRUMBS = re.compile(r"[>»›|｜]")
_CODE = re.compile(
    r"(?:标准|证书|文件)?(?:代码|代号|编号|编码)\s?[:：]?\s?(?P<code>[A-Za-z0-9][A-Za-z0-9/._-]*(?: \d[\d.-]*)?)"
)
_YEAR = r"(?:19|20)\d\d"
_VERSION = re.compile(
    rf"[（(【]?\s?(?:(?P<year>{_YEAR})\s?年?\s?(?:第\s?)?(?P<version>\d{{1,2}}(?:\.\d{{1,3}})*)\s?版"
    rf"|(?:第\s?)?(?<![\d.])(?P<only>\d{{1,2}}(?:\.\d{{1,3}})*)\s?版|(?P<annual>{_YEAR})\s?年?\s?版"
    r"|(?:版本(?:号)?\s?[:：]?\s?[Vv]?|(?<![A-Za-z])[Vv]\s?)(?P<named>\d{1,2}(?:\.\d{1,3})*))\s?[）)】]?"
)
_AT_TITLE = re.compile(r"(?:标准|规范|要求)\s?[（(]?[Vv]?(?P<version>\d{1,2}\.\d{1,2})[）)]?$")
_DATE = re.compile(rf"(?P<year>{_YEAR})\s?[-./年]\s?\d{{1,2}}(?!\d)")
_ISSUER = re.compile(r"^[^，。；：]{3,60}(?:制定|发布|编制|编写|研制|组织实施)$")
_ORGANISATION = re.compile(
    r"^[^，。；：、\d]{2,40}(?:公司|协会|学会|联盟|大学|学院|中心|集团|研究院|研究所|委员会|部|局)$"
)
_WRITTEN_DATE = re.compile(r"^二[〇○Ｏ零0O][〇○Ｏ零0O一二三][〇○Ｏ零0O一二三四五六七八九]年")
_DRAFT = re.compile(r"[（(]?(?:征求意见稿|送审稿|报批稿|草案|讨论稿|试行稿)[）)]?")
_FRAME = re.compile(
    r"^(?:ICS|CCS|备案号|附件|国家职业教育|1\s?\+\s?X|.{0,6}团体标准$|.{0,8}地方标准$|企业标准$|行业标准$|职业技能等级证书$|封面$|\d{1,3}$)"
)
_ENGLISH = re.compile(r"^[A-Za-z][A-Za-z0-9 ,.:&'()/+—–-]*$")
_LONGEST = 60
_WINDOWS = (1, 2, 3)
_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Heading:
    """What the title page says. `draft` is true where the document calls itself one."""

    title: str | None = None
    title_en: str | None = None
    number: str | None = None
    edition: str | None = None
    draft: bool = False


def read_heading(lines: Sequence[Line], ledger: Ledger) -> Heading:
    """Return the heading from the lines before the table of contents. Call it before `read_publisher`."""
    texts = [line_text(line) for line in lines]
    title, held = _title(texts, _TITLE)
    if title is None:
        title, held = _title(texts, _ANY_TITLE)
        for index in held:
            ledger.doubt(lines[index], *_UNUSUAL)
    for index in held:
        ledger.use(lines[index], "名称 title")
    number, edition = _number(lines, texts, ledger), _edition(lines, texts, ledger)
    english = _title_en(lines, texts, ledger)
    drafts = [line for line, text in zip(lines, texts, strict=True) if _DRAFT.search(text) and len(text) <= _LONGEST]
    for line in drafts:
        ledger.use(line, "状态 status")
    for line, text in zip(lines, texts, strict=True):
        if _framing(text) or _ORGANISATION.match(text) or _repeats(text, title):
            ledger.ignore(line, "封面上的其他文字 other words of the title page")
    claim_rest(lines, ledger, "heading-not-understood", _SECTION)
    return Heading(title=title, title_en=english, number=number, edition=edition, draft=bool(drafts))


def _title(texts: Sequence[str], pattern: re.Pattern[str]) -> tuple[str | None, range]:
    """Return the title and the lines that hold it; the shortest window, but no file name or path of a web page."""
    best: tuple[tuple[bool, int, int], str, range] | None = None
    for size in _WINDOWS:
        for start in range(len(texts) - size + 1):
            pieces = texts[start : start + size]
            if not _TITLE_WORD.search(pieces[-1]) or (
                size > 1 and any(not piece or _framing(piece) for piece in pieces)
            ):
                continue
            title = bare_title(joined(pieces), pattern)
            if title is None:
                continue
            rank = (any(_FILE.search(piece) or _CRUMBS.search(piece) for piece in pieces), size, start)
            if best is None or rank < best[0]:
                best = (rank, title, range(start, start + size))
    return (None, range(0)) if best is None else best[1:]


def _framing(text: str) -> bool:
    return bool(
        _FRAME.match(text)
        or _ISSUER.match(text)
        or _DATE.match(text)
        or _WRITTEN_DATE.match(text)
        or DESIGNATION.match(text)
    )


def bare_title(text: str, pattern: re.Pattern[str] = _TITLE) -> str | None:
    """Return the title in a text without number, edition and file type; None if it holds no title with a name."""
    bare = _DRAFT.sub("", _VERSION.sub("", _FILE.sub("", text)))
    number = DESIGNATION.search(bare)
    if number is not None:  # a running head: page, number, title
        bare = bare[number.end() :]
    coded = _CODE.search(bare)
    bare = (bare[: coded.start()] if coded else bare).strip(" 《》#*_-—:：")
    found = pattern.search(bare)
    plain = len(bare) <= _LONGEST and not re.search(r"[，。；！？:：]", bare)
    if found is None or not plain or _NAMELESS.match(bare) or not _TRAILING.fullmatch(bare, found.end()):
        return None
    return joined([bare[: found.end()]])


def _repeats(text: str, title: str | None) -> bool:
    """Tell whether a line says again what the title says, as file names and running heads do."""
    return title is not None and bare_title(text) == title


def _number(lines: Sequence[Line], texts: Sequence[str], ledger: Ledger) -> str | None:
    """Return the document's own number, or its code where it has no number."""
    numbers: list[tuple[int, str]] = []
    for line, text in zip(lines, texts, strict=True):
        match, coded = DESIGNATION.search(text), _CODE.search(text)
        if len(text) > _LONGEST or not (match or coded):
            continue
        ledger.use(line, "标准号 number")
        if match:
            numbers.append((0, designation(match).dated))
        elif coded:
            numbers.append((1, coded["code"].strip()))
    return min(numbers, key=lambda told: told[0])[1] if numbers else None


def _edition(lines: Sequence[Line], texts: Sequence[str], ledger: Ledger) -> str | None:
    """Return the version if one is printed, else the year of the edition, the number or the publication."""
    told: list[tuple[int, str]] = []
    for line, text in zip(lines, texts, strict=True):
        if len(text) > _LONGEST:
            continue
        version, number, date = _VERSION.search(text), DESIGNATION.search(text), _DATE.search(text)
        if version:
            named = version["version"] or version["only"] or version["named"]
            told.append((0, named) if named else (1, version["annual"]))
        if number and designation(number).year:
            told.append((2, str(designation(number).year)))
        if date:
            told.append((3, date["year"]))
        at_title = _AT_TITLE.search(text)
        if at_title:
            told.append((0, at_title["version"]))
        if version or date or at_title:
            ledger.use(line, "版次 edition")
    return min(told, key=lambda one: one[0])[1] if told else None


def _title_en(lines: Sequence[Line], texts: Sequence[str], ledger: Ledger) -> str | None:
    """Return an English title if the page prints one; it may run over two lines."""
    english: list[str] = []
    before = False
    for line, text in zip(lines, texts, strict=True):
        latin = bool(_ENGLISH.match(text)) and not _framing(text)
        before = latin and (before or len(text.split()) >= _WORDS)
        if before:
            english.append(text)
            ledger.use(line, "英文名称 English title")
    return joined(english) or None
