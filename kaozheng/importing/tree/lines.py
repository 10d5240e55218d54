"""Cuts lines outside of tables into items: a line may be a row, an item, or a piece of one that was wrapped."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.marks import (
    LIKELY,
    POSSIBLE,
    START,
    UNLIKELY,
    Mark,
    has_ended,
    leads_to_number,
    marks_in,
    says_can,
)
from kaozheng.importing.tree.numbers import Number, Role, read_number
from kaozheng.importing.tree.pieces import Piece
from kaozheng.importing.tree.scheme import WITHIN_TASKS, Kind, Scheme

_NEAR = 3
_TITLE = 40
_AHEAD = 4
_SENTENCE = re.compile(r"[。；;，,]")


@dataclass(frozen=True)
class Item:
    """A number that was taken for an item's."""

    at: int
    mark: Mark
    role: Role


class LineCutter:
    """Decides which numbers of a run of lines are items', looking a few numbers ahead."""

    def __init__(self, pieces: Sequence[Piece], scheme: Scheme, ledger: Ledger, role: Role | None = None) -> None:
        """Take a run of lines; `role` is the layer of the last item before it."""
        self._pieces = pieces
        self._scheme = scheme
        self._ledger = ledger
        self._marks = [(at, mark) for at, piece in enumerate(pieces) for mark in marks_in(piece.text)]
        self._area: tuple[int, ...] = ()
        self._task: tuple[int, ...] = ()
        self._last = 0
        self._last_role = role
        self._kind: Kind | None = None

    def items(self) -> list[Item]:
        """Return the items in order; numbers that may be items but were left in the text are doubted."""
        items = []
        for place, (at, mark) in enumerate(self._marks):
            role = self._scheme.role(mark.number) or self._local_role(mark)
            if role is None or (mark.strength == UNLIKELY and not self._is_glued_item(place, mark, role)):
                continue
            if self._is_item(place, at, mark, role):
                items.append(Item(at, mark, role))
                self._move(mark.number, role)
            elif mark.strength >= LIKELY and mark.number.depth > 1 and not mark.referred:
                self._doubt(at, mark)
        return items

    def _is_glued_item(self, place: int, mark: Mark, role: Role) -> bool:
        """Tell the very number that must come next, although nothing parts it from the text before it."""
        inner = self._inner(mark.number)
        if mark.referred:
            return False
        if role == "requirement":
            return mark.number.is_dotted and inner == (*self._task, self._last + 1)
        following = [self._inner(each.number) for _, each in self._marks[place + 1 : place + 2]]
        return self._follows(inner, role) and following == [(*inner, 1)]

    def _local_role(self, mark: Mark) -> Role | None:
        """Return the layer of a number that only one task uses: （1） right below its title, and what follows it."""
        kind = self._scheme.kind(mark.number)
        if kind[0] not in WITHIN_TASKS or mark.strength != START:
            return None
        begins = self._last_role == "task" and mark.number.last == 1
        return "requirement" if begins or (kind == self._kind and mark.number.last == self._last + 1) else None

    def _is_item(self, place: int, at: int, mark: Mark, role: Role) -> bool:
        if role == "requirement":
            return self._is_requirement(at, mark)
        number = self._inner(mark.number)
        if mark.strength == START and self._pieces[at].parts > 1 and number in (self._area, self._task):
            return True  # a title is printed again in each row
        follows = self._follows(number, role)
        confirmed = self._is_confirmed(place, number)
        if mark.strength != START:
            return follows and confirmed
        if self._scheme.kind(mark.number)[0] == "under":
            return True
        ended = self._has_ended_before(at, mark) or self._last_role != "requirement" or self._is_below_title(at)
        if ended:
            return confirmed or (follows and self._is_title(place))
        return confirmed and follows and self._is_title(place)

    def _is_requirement(self, at: int, mark: Mark) -> bool:
        number = self._inner(mark.number)
        if len(number) == 1:
            return self._is_relative(at, mark, number[0])
        same = number[:-1] == self._task
        first = number[-1] == 1 and (same or not self._last or self._is_next_task(number[:-1]))
        ended = self._has_ended_before(at, mark)
        if mark.strength == START:
            said = not ended and leads_to_number(self._before(at, mark))
            return (same and number[-1] > self._last) or first or ended or (mark.before_verb and not said)
        if mark.strength == LIKELY:
            return (same and self._last < number[-1] <= self._last + _NEAR) or first or (mark.before_verb and ended)
        return same and number[-1] == self._last + 1

    def _is_relative(self, at: int, mark: Mark, number: int) -> bool:
        follows = number == self._last + 1
        if mark.strength == START:
            ended = self._has_ended_before(at, mark) or self._last_role != "requirement"
            return follows or ended or 0 < number - self._last <= _NEAR
        return follows and mark.strength == LIKELY

    def _follows(self, number: tuple[int, ...], role: Role) -> bool:
        """Tell whether an area's or task's number is the one to come next."""
        if role == "area":
            return number[-1] == (self._area[-1] if self._area else 0) + 1 or not self._area
        if len(number) == 1:
            return number[0] == (self._task[-1] if self._task else 0) + 1 or number[0] == 1
        return self._is_next_task(number)

    def _is_next_task(self, number: tuple[int, ...]) -> bool:
        if not self._task:
            return number[-1] == 1 or not self._area
        if len(number) != len(self._task):
            return False
        next_area = number[-1] == 1 and number[:-1] in (self._area, (self._task[0] + 1,))
        return next_area or number == (*self._task[:-1], self._task[-1] + 1)

    def _is_confirmed(self, place: int, number: tuple[int, ...]) -> bool:
        """Tell whether the next number with several parts lies under this one, or requirements begin again below it."""
        for at, mark in self._marks[place + 1 : place + 1 + _AHEAD]:
            inner = self._inner(mark.number)
            if mark.strength == START and inner == (1,) and self._scheme.role(mark.number) == "requirement":
                return True
            is_first = inner == (*number, 1) and not mark.referred
            if len(inner) > 1 and (mark.strength >= POSSIBLE or is_first) and self._scheme.role(mark.number):
                return len(inner) > len(number) and inner[: len(number)] == number and at >= 0
        return False

    def _is_title(self, place: int) -> bool:
        """Tell whether what stands between a number and the next one in its line reads like a title."""
        at, mark = self._marks[place]
        following = self._marks[place + 1] if place + 1 < len(self._marks) else None
        end = following[1].start if following and following[0] == at else None
        words = self._pieces[at].text[mark.end : end].strip()
        return len(words) <= _TITLE and not _SENTENCE.search(words) and not says_can(words)

    def _is_below_title(self, at: int) -> bool:
        """Tell whether the line before is a title: short, and itself after the end of a sentence."""
        if at < 2 or len(self._pieces[at - 1].text) > _TITLE // 2:  # noqa: PLR2004 - two lines before it
            return False
        number, words = read_number(self._pieces[at - 1].text)
        is_item = number is not None and self._scheme.role(number) == "requirement"
        return has_ended(self._pieces[at - 2].text) and not says_can(words) and not is_item

    def _has_ended_before(self, at: int, mark: Mark) -> bool:
        return has_ended(self._before(at, mark))

    def _before(self, at: int, mark: Mark) -> str:
        """Return what stands before a number: in its line, else the line before."""
        before = self._pieces[at].text[: mark.start].strip()
        return before or (self._pieces[at - 1].text if at else "")

    def _inner(self, number: Number) -> tuple[int, ...]:
        kind, depth = self._scheme.kind(number)
        return number.parts[-depth:] if kind == "under" else number.parts

    def _move(self, number: Number, role: Role) -> None:
        inner = self._inner(number)
        self._last_role, self._kind = role, self._scheme.kind(number)
        if role == "area":
            self._area, self._task, self._last = inner, (), 0
        elif role == "task":
            self._task, self._last = inner, 0
            self._area = inner[:-1] or self._area
        else:
            self._task = inner[:-1] or self._task
            self._area = inner[:-2] or self._area
            self._last = inner[-1]

    def _doubt(self, at: int, mark: Mark) -> None:
        reason = f"“{mark.number.printed}”可能是一项的编号，现作为文字保留。"
        english = f"'{mark.number.printed}' may number an item; it was kept as part of the text."
        self._ledger.doubt(self._pieces[at].line, "number-in-text", reason, english)
