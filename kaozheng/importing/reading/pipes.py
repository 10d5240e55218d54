"""Tables of Markdown: cells parted by upright bars, with or without bars at the ends."""

import re
from collections.abc import Sequence

from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.inline import plain
from kaozheng.importing.reading.source import SourceLine

_ALIGNMENT = re.compile(r"\|?(?::?-+:?\|)*:?-+:?\|?")
_BAR = re.compile(r"(?<!\\)\|")
#: A line that begins and ends with a bar and has another one between is a row even where no alignment row says so.
_BARS_OF_A_ROW = 3
_LINES_OF_A_ROW = 40


def pipe_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise rows from a line with bars on, if an alignment row follows it or if it has bars at both ends."""
    under = lines[start + 1].text if start + 1 < len(lines) else ""
    aligned = _is_alignment(under) and _BAR.search(lines[start].text) is not None
    if not aligned and not _is_framed(_logical_row(lines, start)[0]):
        return None
    table, at = Table(), start
    opens = lines[start].text.lstrip().startswith("|")
    drafts: list[Draft] = []
    while at < len(lines):
        text, following = _logical_row(lines, at)
        if not (_is_framed(text) or (aligned and _BAR.search(text))):
            break
        if not _is_alignment(text):
            drafts.append(row(_cells(text, opens=opens), table, page=lines[at].page, source=lines[at].number))
        at = following
    return drafts, at


def _is_alignment(text: str) -> bool:
    return "|" in text and _ALIGNMENT.fullmatch("".join(text.split())) is not None


def _is_framed(text: str) -> bool:
    stripped = text.strip()
    return stripped.startswith("|") and stripped.endswith("|") and len(_BAR.findall(stripped)) >= _BARS_OF_A_ROW


def _logical_row(lines: Sequence[SourceLine], at: int) -> tuple[str, int]:
    """Return a row and the index after it: one that opens with a bar may close only some lines further down."""
    text = lines[at].text
    if not text.lstrip().startswith("|") or text.rstrip().endswith("|"):
        return text, at + 1
    parts = [text]
    for following in range(at + 1, min(at + _LINES_OF_A_ROW, len(lines))):
        part = lines[following].text
        if not part.strip() or part.lstrip().startswith("|"):
            break
        parts.append(part)
        if part.rstrip().endswith("|"):
            return "\n".join(parts), following + 1
    return text, at + 1


def _cells(text: str, *, opens: bool) -> list[str]:
    """Return the cells; where rows do not open with a bar, one that does has an empty first cell."""
    inner = text.strip().removeprefix("|") if opens else text.strip()
    if inner.endswith("|") and not inner.endswith("\\|"):
        inner = inner[:-1]
    return [plain(cell.strip().replace("\\|", "|")) for cell in _BAR.split(inner)]
