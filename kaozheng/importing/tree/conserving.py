"""The last check of a level: every number in its lines has become an item, or part of one, or is doubted."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.nodes import Node
from kaozheng.importing.wording import tidy

#: Counted on its own terms, not by what the cutters know of numbers, so that it finds what they miss.
_CANDIDATE = re.compile(r"(?<![\d.])(\d{1,2})\s?[.．。,，·-]\s?(\d{1,2})\s?[.．。,，·-]\s?(\d{1,2})(?![\d]|\.\d)")


def check_numbers(lines: Sequence[Line], areas: Iterable[Node], left_out: Iterable[str], ledger: Ledger) -> None:
    """Doubt every 1.1.1 that became neither an item nor part of one nor of a text that is doubted already."""
    kept: Counter[str] = Counter(left_out_number for text in left_out for left_out_number in _numbers(text))
    for area in areas:
        for node in area.walk():
            kept.update(_numbers(node.words))
            if node.number and node.number.depth > 1:
                kept[".".join(map(str, node.number.parts))] += 1
                kept.update(_numbers(node.number.printed)[1:])
    for line in lines:
        for number in _numbers(_text(line)):
            kept[number] -= 1
            if kept[number] < 0:
                zh = f"编号 {number} 没有成为一条要求，可能有遗漏。"
                ledger.doubt(line, "possibly-lost", zh, f"No requirement was made of {number}; it may be lost.")


def _text(line: Line) -> str:
    return "\n".join(map(tidy, line.cells)) if line.cells is not None else tidy(line.text)


def _numbers(text: str) -> list[str]:
    return [".".join(str(int(part)) for part in found) for found in _CANDIDATE.findall(text)]
