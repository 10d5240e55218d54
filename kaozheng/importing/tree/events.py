"""What a level says, one thing after another: areas, tasks, requirements, and texts that go on with the one before."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from kaozheng.importing.document import Line
from kaozheng.importing.tree.marks import has_ended, says_can
from kaozheng.importing.tree.numbers import Number, Role
from kaozheng.importing.tree.pieces import Piece

#: `more` goes on with the item before it; `loose` could not be placed and is only doubted.
EventKind = Literal["area", "task", "requirement", "more", "loose"]

_SENTENCE = re.compile(r"(?<=[。；;])\s?(?=能|会(?!计)|可以|了解|掌握|具备|具有|熟悉|熟练|理解|懂得|知道)")
#: Words that end in 能 or 会 and may be cut by the end of a line before it.
_CUT_WORD = re.compile(r"[技功性智可才只职效节产动热电机协社机开集聚工学交约商大]$")


@dataclass(frozen=True, slots=True)
class Event:
    """One item as found, or a text that belongs to the one before it. `role` says of which layer a `more` is."""

    kind: EventKind
    text: str
    line: Line
    number: Number | None = None
    row: int = 0
    role: Role | None = None
    #: Nothing before it goes on in it, whatever it looks like.
    is_fresh: bool = False
    #: Where it was cut off from the text before it although that did not end like a sentence.
    uncertain: bool = False


def _groups(pieces: Sequence[Piece], *, by_sentence: bool) -> Iterator[list[Piece]]:
    """Group the paragraphs of an unnumbered cell into requirements, however they are wrapped."""
    group: list[Piece] = []
    for piece in pieces:
        for text in _SENTENCE.split(piece.text) if by_sentence else [piece.text]:
            if group and _begins_anew(group[-1].text, text):
                yield group
                group = []
            group.append(Piece(piece.line, text, piece.role, piece.opens, piece.row))
    if group:
        yield group


def _begins_anew(before: str, text: str) -> bool:
    if has_ended(before):
        return True
    return says_can(text) and not _CUT_WORD.search(before) and not before.endswith(("、", "，", ",", "和", "与", "及"))


def unnumbered(pieces: Sequence[Piece], *, by_sentence: bool) -> Iterator[Event]:
    """Return requirements without numbers as events, each with the lines that it goes on over."""
    for group in _groups(pieces, by_sentence=by_sentence):
        yield Event("requirement", group[0].text, group[0].line, row=group[0].row)
        yield from (Event("more", piece.text, piece.line, row=piece.row, role="requirement") for piece in group[1:])
