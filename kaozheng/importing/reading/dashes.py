"""Tables as pandoc writes them without bars: columns are runs of dashes, rows are lines or parted by blank lines."""

import re
from collections.abc import Iterator, Sequence

from kaozheng.importing.reading.draft import Draft, Table, row
from kaozheng.importing.reading.inline import plain
from kaozheng.importing.reading.source import SourceLine
from kaozheng.importing.reading.widths import COUNTINGS, Columns, between
from kaozheng.importing.reading.wrapping import unwrapped

_RULES = re.compile(r" *-{2,}(?: +-{2,})+ *")
_FULL_RULE = re.compile(r" *-{10,} *")
_HEADER_LINES = 6
_ROWS_LINES = 2_000


def dash_table(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    """Recognise a simple table (header, dashes, one line each row) or one between two full lines of dashes."""
    if _FULL_RULE.fullmatch(lines[start].text):
        return _multiline(lines, start)
    if start + 1 < len(lines) and _RULES.fullmatch(lines[start + 1].text) and not _RULES.fullmatch(lines[start].text):
        return _simple(lines, start)
    return None


def _simple(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    end = start + 2
    while end < len(lines) and not lines[end].is_blank and not _RULES.fullmatch(lines[end].text):
        end += 1
    blocks = [[line] for line in [lines[start], *lines[start + 2 : end]]]
    closing = end < len(lines) and not lines[end].is_blank
    drafts = _drafts(blocks, lines[start + 1].text)
    return (drafts, end + closing) if drafts else None


def _multiline(lines: Sequence[SourceLine], start: int) -> tuple[list[Draft], int] | None:
    rules = _first(lines, start + 1, _HEADER_LINES, _RULES)
    end = None if rules is None else _first(lines, rules + 1, _ROWS_LINES, _FULL_RULE)
    if rules is None or end is None:
        return None
    blocks = [lines[start + 1 : rules], *_blocks(lines[rules + 1 : end])]
    drafts = _drafts([block for block in blocks if block], lines[rules].text)
    return (drafts, end + 1) if drafts else None


def _first(lines: Sequence[SourceLine], start: int, within: int, pattern: re.Pattern[str]) -> int | None:
    candidates = range(start, min(start + within, len(lines)))
    return next((at for at in candidates if pattern.fullmatch(lines[at].text)), None)


def _blocks(lines: Sequence[SourceLine]) -> Iterator[list[SourceLine]]:
    block: list[SourceLine] = []
    for line in lines:
        if line.is_blank and block:
            yield block
            block = []
        elif not line.is_blank:
            block.append(line)
    if block:
        yield block


def _drafts(blocks: Sequence[Sequence[SourceLine]], rules: str) -> list[Draft]:
    """Return the rows, cut where every text keeps to its column; none if there is no such cut."""
    starts = [run.start() for run in re.finditer(r"-+", rules)]
    for counting in COUNTINGS:
        drawn = [[counting(line.text) for line in block] for block in blocks]
        if all(_keeps_to(columns, starts) for block in drawn for columns in block):
            table = Table()
            return [
                row(_cells(block, starts), table, page=source[0].page, source=source[0].number)
                for source, block in zip(blocks, drawn, strict=True)
            ]
    return []


def _keeps_to(columns: Columns, starts: Sequence[int]) -> bool:
    return all(start >= len(columns) or columns[start - 1] == " " for start in starts if start > 0)


def _cells(block: Sequence[Columns], starts: Sequence[int]) -> list[str]:
    bounds = zip([0, *starts[1:]], [*starts[1:], None], strict=True)
    return [plain(unwrapped(between(columns, left, right) for columns in block)) for left, right in bounds]
