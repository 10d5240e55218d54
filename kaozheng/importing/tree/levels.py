"""The way from the lines of the requirement section to the trees of the levels."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby

from kaozheng.importing.document import Line
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.blocks import Block, blocks_of
from kaozheng.importing.tree.cells import CellCutter
from kaozheng.importing.tree.conserving import check_numbers
from kaozheng.importing.tree.events import Event
from kaozheng.importing.tree.growing import Grower
from kaozheng.importing.tree.line_events import LineEvents
from kaozheng.importing.tree.nodes import Node
from kaozheng.importing.tree.numbers import Number
from kaozheng.importing.tree.pieces import Piece, pieces_of
from kaozheng.importing.tree.placing import placed
from kaozheng.importing.tree.scheme import Scheme, has_paragraphs, scheme_of
from kaozheng.importing.tree.settling import settle
from shared.standards.codes import LevelName

_TITLE = 40


@dataclass
class LevelTree:
    """One level: its areas, its caption's number, and the prose that stands between caption and first item."""

    level: LevelName
    areas: list[Node]
    number: Number | None = None
    caption: Line | None = None
    prose: list[Line] = field(default_factory=list)


def level_trees(
    lines: Sequence[Line], name: str, ledger: Ledger, titled: LevelName | None = None
) -> tuple[list[LevelTree], list[Line]]:
    """Return the trees of the levels that were found, and the lines before them that belong to none."""
    blocks = blocks_of(lines, name, ledger, titled)
    read = [(block, *pieces_of(block.lines, ledger)) for block in blocks if block.level]
    by_sentence = not any(has_paragraphs(pieces) for _, pieces, _ in read)
    trees: list[LevelTree] = []
    last = 0
    for block, pieces, ignored in read:
        number = block.caption.number if block.caption and block.caption.clause else None
        scheme = scheme_of(pieces, number.parts if number else (), by_sentence=by_sentence)
        trees.append(_tree(block, (pieces, ignored), scheme, ledger, last))
        last = trees[-1].areas[-1].path[-1] if trees[-1].areas and trees[-1].areas[-1].path else 0
    return trees, [line for block in blocks if block.level is None for line in block.lines]


def _tree(
    block: Block, read: tuple[Sequence[Piece], Sequence[str]], scheme: Scheme, ledger: Ledger, last: int
) -> LevelTree:
    assert block.level is not None
    prose, pieces = _without_prose(read[0], scheme)
    events = list(placed(list(_events(pieces, scheme, ledger))))
    grower = Grower(ledger)
    for place, event in enumerate(events):
        grower.take(event, _ahead(events, place))
    settle(grower.areas, ledger, last)
    left_out = [*read[1], *grower.left_out, *(piece.text for piece in prose)]
    check_numbers(_lines([*prose, *pieces]), grower.areas, left_out, ledger)
    number, line = (block.caption.number, block.caption.line) if block.caption else (None, None)
    return LevelTree(block.level, grower.areas, number, line, _lines(prose))


def _without_prose(pieces: Sequence[Piece], scheme: Scheme) -> tuple[list[Piece], list[Piece]]:
    """Part the sentences before the first item, such as a level's description, from the items."""
    for place, piece in enumerate(pieces):
        is_prose = piece.role is None and scheme.lines and scheme.first_role(piece.text) is None
        if not (is_prose and (len(piece.text) > _TITLE or piece.text.endswith(("。", "：", ":", "；", "，", ",")))):
            return list(pieces[:place]), list(pieces[place:])
    return [], list(pieces)


def _lines(pieces: Sequence[Piece]) -> list[Line]:
    return list(dict.fromkeys(piece.line for piece in pieces))


def _events(pieces: Sequence[Piece], scheme: Scheme, ledger: Ledger) -> Iterator[Event]:
    cutter = CellCutter(scheme, ledger)
    for (outside, _), run in groupby(pieces, key=lambda piece: (piece.role is None, piece.role and piece.row)):
        if outside:
            lines = LineEvents(list(run), scheme, ledger, cutter.last_item)
            yield from lines.events()
            cutter.go_on_after(lines.last)
            continue
        for role, cell in groupby(run, key=lambda piece: piece.role):
            cut = {"area": cutter.area, "task": cutter.tasks}.get(role or "", cutter.requirements)
            yield from cut(list(cell))


def _ahead(events: Sequence[Event], place: int) -> list[Event]:
    """Return the events of the same row that follow one."""
    row = events[place].row
    following = []
    for event in events[place + 1 :]:
        if event.row != row:
            break
        following.append(event)
    return following
