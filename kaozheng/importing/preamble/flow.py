"""The lines of one section as one text in which every place can be traced back to the line it came from."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.wording import joined, tidy

#: What may stand before an item of a list: 3.1, 1), （一）, a), ①, —— or a bullet.
NUMBERING = (
    r"(?:\d{1,2}(?:\s?\.\s?\d{1,2})+(?!\d)\.?|\d{1,2}\s?[.、)）]|[（(]\s?(?:\d{1,2}|[A-Za-z]|[一二三四五六七八九十]{1,3})\s?[）)]"
    r"|[A-Za-z]\s?[.、)）]|[一二三四五六七八九十]{1,3}、|[①-⑳]|[—–-]{1,3}|[•·●■◆▪➢*])"
)
_LISTED = re.compile(rf"{NUMBERING}\s*")
_ENDED = re.compile(r"[。！？!?；;]$|[\u4e00-\u9fff）)]\.$")
_NOTE = re.compile(r"注\s?\d{0,2}\s?[:：]|[\[【]来源")
_PAIR = 2


@dataclass(frozen=True, slots=True)
class Flow:
    """Tidied lines joined by newlines, with the offset at which each begins."""

    text: str
    lines: tuple[Line, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, lines: Sequence[Line], text_of: Callable[[Line], str] | None = None) -> "Flow":
        """Return the flow of a section's lines; `text_of` tidies a line in a way of its own."""
        texts = [(text_of or line_text)(line) for line in lines]
        starts, offset = [], 0
        for text in texts:
            starts.append(offset)
            offset += len(text) + 1
        return cls("\n".join(texts), tuple(lines), tuple(starts))

    def between(self, start: int, end: int) -> tuple[Line, ...]:
        """Return the lines that hold some of the text from `start` to `end`, blanks at its ends left aside."""
        part = self.text[start:end]
        start, end = start + len(part) - len(part.lstrip()), start + len(part.rstrip())
        if start >= end:
            return ()
        return self.lines[bisect_right(self.starts, start) - 1 : bisect_left(self.starts, end)]

    def use(self, ledger: Ledger, start: int, end: int, for_what: str) -> None:
        """Note what a stretch of the text went into."""
        for line in self.between(start, end):
            ledger.use(line, for_what)

    def ignore(self, ledger: Ledger, start: int, end: int, why: str) -> None:
        """Note why a stretch of the text is left out."""
        for line in self.between(start, end):
            ledger.ignore(line, why)

    def doubt(self, ledger: Ledger, start: int, end: int, reason: tuple[str, str, str]) -> None:
        """Doubt the line on which a stretch of the text begins; the others are used along with it."""
        for line in self.between(start, end)[:1]:
            ledger.doubt(line, *reason)


def line_text(line: Line) -> str:
    """Return a line's tidied text; a row of two cells reads like a label and what it labels."""
    return tidy(typed(line))


def typed(line: Line) -> str:
    """Return a line's text with its own spaces; lone surrogates, which no file can hold, are dropped."""
    text = line.text
    if line.cells and any(line.cells):
        cells = [cell for cell in line.cells if cell.strip()]
        text = ("：" if len(cells) == _PAIR else " ").join(cells)
    return text.encode("utf-8", "ignore").decode("utf-8")


def one_line(text: str) -> str:
    """Return wrapped text as one line."""
    return joined(text.split("\n"))


def wording(text: str) -> str:
    """Return wrapped text as its paragraphs: a new one begins after a full stop, at a note, and at a listed item."""
    groups: list[list[str]] = []
    for piece in filter(None, text.split("\n")):
        before = groups[-1][-1] if groups else "。"
        listed = before.endswith((":", "：")) and _LISTED.match(piece)
        if _ENDED.search(before) or _NOTE.match(piece) or listed:
            groups.append([piece])
        else:
            groups[-1].append(piece)
    return "\n".join(filter(None, map(joined, groups)))


def without_numbering(text: str) -> str:
    """Return an item of a list without its number or bullet."""
    return _LISTED.sub("", text, count=1) if _LISTED.match(text) else text


def claim_rest(lines: Sequence[Line], ledger: Ledger, code: str, section: tuple[str, str]) -> None:
    """Doubt every line that a reader did not claim: `section` names the section in Chinese and English."""
    for line in lines:
        if ledger.claimed(line):
            continue
        if line_text(line):
            reason = f"没有看懂“{section[0]}”中的这一行，未收入。"
            ledger.doubt(line, code, reason, f"A line of '{section[1]}' that was not understood; left out.")
        else:
            ledger.ignore(line, "没有文字 no text")
