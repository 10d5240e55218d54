"""Puts the words between the numbers of a run of lines to the items that they belong to."""

from collections.abc import Iterator, Sequence

from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.events import Event, unnumbered
from kaozheng.importing.tree.lines import Item, LineCutter
from kaozheng.importing.tree.marks import has_ended, says_can
from kaozheng.importing.tree.numbers import Number, Role
from kaozheng.importing.tree.pieces import Piece
from kaozheng.importing.tree.scheme import Scheme

_FRAGMENT = 14
_TITLE = 24
_TITLES: tuple[Role, ...] = ("area", "task")


class LineEvents:
    """Puts the words between the items to the items that they belong to."""

    def __init__(self, pieces: Sequence[Piece], scheme: Scheme, ledger: Ledger, last: tuple[Role | None, str]) -> None:
        """Take a run of lines, with layer and words of the last item before it, which may go on in them."""
        self._pieces = pieces
        self._scheme = scheme
        self._role, self._before = last
        self._items = LineCutter(pieces, scheme, ledger, self._role).items()
        self._titles = _title_places(self._items, pieces)
        #: Where lines are drawn as columns, a title beside a requirement does not end it.
        self._open = self._before if self._role == "requirement" else ""

    @property
    def last(self) -> tuple[Role | None, str]:
        """Return layer and words of the last item so far."""
        return self._role, self._before

    def events(self) -> Iterator[Event]:
        """Return the events of the run in order."""
        items = iter(self._items)
        item = next(items, None)
        for at, piece in enumerate(self._pieces):
            start, number, role = 0, None, None
            while item is not None and item.at == at:
                yield from self._said(at, piece.text[start : item.mark.start], number, role)
                start, number, role = item.mark.end, item.mark.number, item.role
                item = next(items, None)
            yield from self._said(at, piece.text[start:], number, role)

    def _said(self, at: int, text: str, number: Number | None, role: Role | None) -> Iterator[Event]:
        piece, words = self._pieces[at], text.strip()
        if role:
            yield Event(role, words, piece.line, number, piece.row)
            self._role, self._before = role, words
        elif words and piece.parts > 1:
            yield self._beside(piece, words)
        elif words and at in self._titles:
            yield Event("loose", words, piece.line, row=piece.row, role=self._role)
        elif words:
            events = list(self._unnumbered(piece, words))
            self._before = words if events[0].kind != "loose" else self._before
            yield from events
        if self._role == "requirement":
            self._open = self._before
        if piece.parts > 1 and piece.part == piece.parts - 1 and self._open:
            self._role, self._before = "requirement", self._open

    def _beside(self, piece: Piece, words: str) -> Event:
        """Return a part of a line drawn as columns: the last goes on with a requirement, of three the others titles."""
        if piece.part == piece.parts - 1 and self._open and not has_ended(self._open):
            self._open = words
            return Event("more", words, piece.line, row=piece.row, role="requirement")
        if piece.parts == len(_TITLES) + 1 and piece.part < len(_TITLES):
            return Event("more", words, piece.line, row=piece.row, role=_TITLES[piece.part])
        return Event("loose", words, piece.line, row=piece.row, role=self._role)

    def _unnumbered(self, piece: Piece, words: str) -> Iterator[Event]:
        whole = Piece(piece.line, words, None, piece.opens, piece.row)
        if not self._scheme.numbers_requirements and self._begins(words):
            self._role = "requirement"
            yield from unnumbered([whole], by_sentence=self._scheme.by_sentence)
        elif self._role is None or self._is_fragment(words):
            yield Event("loose", words, piece.line, row=piece.row, role=self._role)
        else:
            yield Event("more", words, piece.line, row=piece.row, role=self._role)

    def _begins(self, words: str) -> bool:
        """Tell whether an unnumbered requirement begins here, rather than a title or sentence goes on."""
        if self._role == "requirement":
            return has_ended(self._before) and not self._is_fragment(words)
        return says_can(words) or has_ended(words)

    def _is_fragment(self, words: str) -> bool:
        """Tell a piece of some title from the rest of a sentence."""
        short = len(words) <= _FRAGMENT and not has_ended(words) and not says_can(words)
        return short and self._role == "requirement" and has_ended(self._before)


def _title_places(items: Sequence[Item], pieces: Sequence[Piece]) -> set[int]:
    """Return where titles without numbers stand: on the lines just above items that begin a new area or task."""
    roles = {item.role for item in items}
    taken = {item.at for item in items}
    places: set[int] = set()
    path: tuple[int, ...] = ()
    for item in items:
        parts = item.mark.number.parts
        outer = parts[:-1] if len(parts) > 1 else path
        wanted = _missing_titles(item, path, roles) if item.mark.number.is_dotted and len(parts) > 1 else 0
        above = range(item.at - wanted, item.at)
        if all(at >= 0 and at not in taken and _is_title(pieces[at].text) for at in above):
            places.update(above)
        path = outer if item.role == "requirement" else parts if item.role == "task" else path
    return places


def _missing_titles(item: Item, path: tuple[int, ...], roles: set[Role]) -> int:
    """Return how many titles an item lacks above it: those of the layers that have no numbers."""
    parts = item.mark.number.parts
    if item.role == "task":
        return 1 if "area" not in roles and parts[:-1] != path[:-1] else 0
    if "task" in roles or parts[:-1] == path:
        return 0
    return 2 if "area" not in roles and parts[:-2] != path[:-1] else 1


def _is_title(text: str) -> bool:
    return len(text) <= _TITLE and not has_ended(text) and not says_can(text)
