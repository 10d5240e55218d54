"""Cuts the cells of areas, tasks and requirements into items: a cell may hold several, with or without line breaks."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.events import Event, unnumbered
from kaozheng.importing.tree.marks import LIKELY, POSSIBLE, START, Mark, has_ended, leads_to_number, marks_in, says_can
from kaozheng.importing.tree.numbers import Number, Role, read_glued, read_number
from kaozheng.importing.tree.pieces import Piece
from kaozheng.importing.tree.scheme import WITHIN_TASKS, Kind, Scheme
from kaozheng.importing.wording import joined

_NEAR = 3
_TASK_DEPTH = 2


@dataclass
class CellCutter:
    """Cuts one row after another, keeping in mind what number should come next."""

    scheme: Scheme
    ledger: Ledger
    #: The printed numbers of the tasks that the row names, or of the last one that was named.
    announced: set[tuple[int, ...]] = field(default_factory=set)
    prefix: tuple[int, ...] = ()
    last: int = 0
    before: str = ""
    role: Role | None = None
    #: What the last task's cell said: some tables repeat it in each row.
    task: str = ""
    #: The row in which a new task was named last: its requirements begin there.
    fresh: int = 0
    #: The number of the last area, and what its cell said.
    areas: int = 0
    area_text: str = ""
    #: The kind of number that only this task uses.
    local: Kind | None = None

    @property
    def last_item(self) -> tuple[Role | None, str]:
        """Return layer and words of the last item so far."""
        return self.role, self.before if self.role == "requirement" else self.task

    def go_on_after(self, last: tuple[Role | None, str]) -> None:
        """Note what the lines between two tables ended with."""
        self.role = last[0]
        if self.role == "requirement":
            self.before = last[1]

    def area(self, pieces: Sequence[Piece]) -> Iterator[Event]:
        """Return the event of an area's cell."""
        self.role = "area"
        text = joined(piece.text for piece in pieces)
        number, title = read_number(text)
        if number is None:
            number, title = read_glued(text, self.areas + 1)
        self.areas = number.last if number else self.areas
        if text != self.area_text:
            self.area_text, self.fresh = text, pieces[0].row
            self.prefix, self.last, self.local = (), 0, None
        yield Event("area", title, pieces[0].line, number, pieces[0].row)

    def tasks(self, pieces: Sequence[Piece]) -> Iterator[Event]:
        """Return the events of a task's cell, which may name several tasks."""
        self.role = "task"
        if (text := joined(piece.text for piece in pieces)) != self.task:
            self.task, self.announced, self.fresh = text, set(), pieces[0].row
            self.prefix, self.last, self.local = (), 0, None
        groups: list[tuple[Number | None, list[str]]] = [(None, [])]
        for piece in pieces:
            at = 0
            for mark in marks_in(piece.text):
                if self._is_task(mark, groups[-1][0], piece):
                    groups[-1][1].append(piece.text[at : mark.start])
                    groups.append((mark.number, []))
                    at = mark.end
            groups[-1][1].append(piece.text[at:])
        for number, texts in groups:
            title = joined(texts)
            if number and number.is_dotted:
                self.announced.add(number.parts)
            if title or number:
                yield Event("task", title, pieces[0].line, number, pieces[0].row)

    def _is_task(self, mark: Mark, before: Number | None, piece: Piece) -> bool:
        number = mark.number
        if before is None:
            return mark.strength == START and piece.opens
        if number.style != before.style or number.depth != before.depth:
            return False
        follows = number.parts[:-1] == before.parts[:-1] and number.last == before.last + 1
        return follows and mark.strength >= (POSSIBLE if number.depth == _TASK_DEPTH else START)

    def requirements(self, pieces: Sequence[Piece]) -> Iterator[Event]:
        """Return the events of a requirement's cell."""
        self.role = "requirement"
        if not self.scheme.cells:
            yield from (
                unnumbered(pieces, by_sentence=self.scheme.by_sentence)
                if self._begins(pieces[0])
                else self._going_on(pieces)
            )
            self.before = pieces[-1].text
            return
        for piece in pieces:
            yield from self._paragraph(piece)

    def _begins(self, piece: Piece) -> bool:
        """Tell a new requirement from the rest of one that the page before broke off."""
        return self.fresh == piece.row or has_ended(self.before) or says_can(piece.text)

    def _going_on(self, pieces: Sequence[Piece]) -> Iterator[Event]:
        groups = list(unnumbered(pieces, by_sentence=self.scheme.by_sentence))
        yield Event("more", groups[0].text, groups[0].line, row=groups[0].row, role="requirement")
        yield from groups[1:]

    def _paragraph(self, piece: Piece) -> Iterator[Event]:
        at, number, uncertain = 0, None, False
        for mark in marks_in(piece.text):
            words = piece.text[at : mark.start].strip()
            if not self._is_item(mark, piece):
                self._doubt_left(mark, piece)
                continue
            if words or number:
                yield self._event(piece, words, number, uncertain=uncertain)
            at, number = mark.end, mark.number
            uncertain = mark.strength <= POSSIBLE and not mark.before_verb
            self.prefix, self.last = number.parts[:-1], number.last
        yield self._event(piece, piece.text[at:].strip(), number, uncertain=uncertain)
        self.before = piece.text

    def _event(self, piece: Piece, words: str, number: Number | None, *, uncertain: bool) -> Event:
        if number:
            return Event("requirement", words, piece.line, number, piece.row, uncertain=uncertain)
        if piece.opens and says_can(words) and has_ended(self.before):
            if self.fresh == piece.row:
                return Event("requirement", words, piece.line, row=piece.row)
            reason = "此格没有编号，现接在上一条要求之后；也可能是单独一条。"
            english = "This cell has no number; it was joined to the requirement before, but may be one of its own."
            self.ledger.doubt(piece.line, "number-missing", reason, english)
        return Event("more", words, piece.line, row=piece.row, role="requirement")

    def _is_item(self, mark: Mark, piece: Piece) -> bool:
        number = mark.number
        kind = self.scheme.kind(number)
        if kind not in self.scheme.cells and kind != self.local:
            begins = piece.opens and mark.strength == START and number.last == 1 and self.fresh == piece.row
            if not (begins and kind[0] in WITHIN_TASKS):
                return False
            self.local = kind
        if number.depth == 1:
            return self._is_relative_item(mark, piece)
        same = number.parts[:-1] == self.prefix
        named = number.parts[:-1] in self.announced
        first = number.last == 1 and not same
        ended = has_ended(piece.text[: mark.start] or self.before)
        if mark.strength == START:
            said = leads_to_number(self.before)
            return (same and number.last > self.last) or named or ended or (mark.before_verb and not said)
        near = same and self.last < number.last <= self.last + _NEAR
        if mark.strength == LIKELY:
            return near or (named and first) or (mark.before_verb and ended)
        is_free = mark.strength == POSSIBLE or not mark.referred
        return is_free and same and number.last == self.last + 1

    def _is_relative_item(self, mark: Mark, piece: Piece) -> bool:
        follows = mark.number.last == self.last + 1
        if mark.strength == START and piece.opens:
            return True
        if mark.strength == START:
            return follows or has_ended(self.before) or 0 < mark.number.last - self.last <= _NEAR
        return mark.strength == LIKELY and follows

    def _doubt_left(self, mark: Mark, piece: Piece) -> None:
        """Say so where a number that was left in the text might have been that of a requirement."""
        likely = mark.strength >= LIKELY and not mark.referred
        if likely and self.scheme.kind(mark.number) in self.scheme.cells and mark.number.depth > 1:
            reason = f"“{mark.number.printed}”可能是一条要求的编号，现作为文字保留。"
            english = f"'{mark.number.printed}' may number a requirement; it was kept as part of the text."
            self.ledger.doubt(piece.line, "number-in-text", reason, english)
