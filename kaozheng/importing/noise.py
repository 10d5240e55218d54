"""Takes out what copying, printing and download sites add to a document: page numbers, running heads, notices."""

import re
from collections import Counter
from collections.abc import Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.columns import header_words, is_header_word
from kaozheng.importing.tree.numbers import read_number
from kaozheng.importing.wording import fold, level_named, tidy

_PAGE_NUMBER = re.compile(
    r"[-–—−·•]{1,2}\s?\d{1,3}\s?[-–—−·•]{1,2}|第\s?\d{1,3}\s?页(?:\s?[,，/]?\s?共\s?\d{1,3}\s?页)?|(?:[Pp]age|P\.)\s?\d{1,3}(?:\s?(?:of|/)\s?\d{1,3})?"
    r"|\d{1,3}\s?/\s?\d{1,3}|[ⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ]{1,3}|[IVX]{1,4}|[ivx]{1,4}"
)
_LONE_NUMBER = re.compile(r"\d{1,3}")
_NOTICE = re.compile(
    r"原创力文档|book118|道客巴巴|豆丁网|百度文库|人人文库|文档(?:来源|下载)网|docin|版权申诉|侵权必究|二次下载|免费阅读|VIP\s?文档|付费下载"
    r"|下载本文档|网友上传|查看更多$|内容来自用户|仅供(?:参考|学习|个人)[^。]{0,12}$"
)
_ABOVE = re.compile(r"付费|下载|VIP|会员|上传|侵权|举报电话|点击|扫码|公众号")
_BELOW = re.compile(
    r"^(?:[你您]可能(?:还|也)?(?:关注|喜欢|感兴趣|需要)的?|文档评论|相关(?:文档|推荐|资源)|猜你喜欢|最近下载|推荐文档|热门文档)"
)
_BEGINNING = re.compile(r"目次|目录|前言|(?:\d|[一二三]、?).{0,3}范围")
_RUNNING = re.compile(r"职业技能等级标准|^[a-z]{1,4}/[a-z]{2,10}[\d.-]+$|^[a-z]{2}\d{2}/t[\d.-]+$")
_ITEM = re.compile(r"^[\d(#①]|[.;:,]$|续表|表\d")
_LONGEST = 60
_LONG = 1000
_TIMES = 3
_TITLE_PAGE = 12
_EDGE = 2


def without_noise(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """Return the lines that belong to the document; all others are ignored with the reason."""
    kept = _without_notices([line for line in lines if _has_text(line, ledger)], ledger)
    numbered = {line.number for at, line in enumerate(kept) if _is_page_number(kept, at)}
    return _without_running_heads(kept, numbered, ledger)


def _has_text(line: Line, ledger: Ledger) -> bool:
    if line.cells is not None or tidy(line.text):
        return True
    ledger.ignore(line, "没有文字 no text")
    return False


def _without_notices(lines: Sequence[Line], ledger: Ledger) -> list[Line]:
    """Leave out the notices of download sites, above the document, below it, and in it where they are sure."""
    begins = next((at for at, line in enumerate(lines) if _BEGINNING.search(tidy(line.text)[:4000])), 0)
    last = max((at for at, line in enumerate(lines) if _is_part(line)), default=0)
    below = (at for at, line in enumerate(lines) if at > max(begins, last) and _BELOW.match(tidy(line.text)))
    ends = next(below, len(lines))
    kept = []
    for at, line in enumerate(lines):
        above = at < begins and _ABOVE.search(line.text) and "标准" not in line.text[:_LONGEST]
        inside = len(line.text) <= 2 * _LONGEST or at < begins
        if (
            at >= ends
            or above
            or _BELOW.match(line.text)
            or (line.cells is None and inside and _NOTICE.search(tidy(line.text)))
        ):
            ledger.ignore(line, "下载网站的文字 notice of a download site")
        else:
            kept.append(line)
    return kept


def _is_part(line: Line) -> bool:
    """Tell what only the document itself has: a row, a clause or an item; notices stand below the last of them."""
    if line.cells is not None:
        return True
    number = read_number(tidy(line.text)[:_LONGEST])[0]
    return (number is not None and number.depth > 1) or len(line.text) > _LONG


def _is_page_number(lines: Sequence[Line], at: int) -> bool:
    text = _alone(lines[at])
    if _PAGE_NUMBER.fullmatch(text):
        return True
    return _LONE_NUMBER.fullmatch(text) is not None and not _numbers_area(lines, at, text)


def _alone(line: Line) -> str:
    """Return the text of a line, or of a row with nothing but one text in its last cell, where foreign lines end up."""
    if line.cells is None:
        return tidy(line.text)
    return tidy(line.cells[-1]) if line.cells and not any(line.cells[:-1]) else ""


def _numbers_area(lines: Sequence[Line], at: int, number: str) -> bool:
    """Tell the number of an area on a line of its own, whose first task comes soon, from that of a page."""
    following = [tidy(line.text) for line in lines[at + 1 : at + 4] if line.cells is None]
    begins = [text for text in following if re.match(rf"0?{int(number)}\s?[.．]\s?1(?!\d)", text)]
    return bool(begins) and following[0] not in begins[:1] and not re.match(r"\d", following[0])


def _without_running_heads(lines: Sequence[Line], page_numbers: set[int], ledger: Ledger) -> list[Line]:
    """Leave out page numbers, and short lines that come again and again at the edges of pages."""
    texts = [fold(_alone(line)) for line in lines]
    times = Counter(text for text in texts if 0 < len(text) <= _LONGEST)
    kept: list[Line] = []
    seen: set[str] = set()
    for at, (line, text) in enumerate(zip(lines, texts, strict=True)):
        if line.number in page_numbers:
            ledger.ignore(line, "页码 page number")
        elif _is_running_head(text, times[text]) and (
            _RUNNING.search(text) or _is_at_edge(lines, at) or _is_beside(lines, at, page_numbers)
        ):
            if text in seen or at >= _TITLE_PAGE:
                ledger.ignore(line, "页眉或页脚 running head or foot")
            else:
                seen.add(text)
                kept.append(line)
        else:
            kept.append(line)
    return kept


def _is_beside(lines: Sequence[Line], at: int, page_numbers: set[int]) -> bool:
    """Tell whether the line before or after is a page number."""
    return any(line.number in page_numbers for line in lines[max(0, at - 1) : at + 2])


def _is_running_head(text: str, times: int) -> bool:
    if not text or times < (_EDGE if _RUNNING.search(text) else _TIMES):
        return False
    if header_words(text) or is_header_word(text) or level_named(text):
        return False
    return _RUNNING.search(text) is not None or _ITEM.search(text) is None


def _is_at_edge(lines: Sequence[Line], at: int) -> bool:
    """Tell whether a line is among the first or last of its page."""
    page = lines[at].page
    if page is None:
        return False
    before, after = lines[max(0, at - _EDGE) : at], lines[at + 1 : at + 1 + _EDGE]
    return any(line.page != page for line in (*before, *after)) or len(before) < _EDGE or len(after) < _EDGE
