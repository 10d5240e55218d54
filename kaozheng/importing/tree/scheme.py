"""Which kind of number stands for which layer of the tree in one level: every document has its own habit."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.tree.marks import START, Mark, has_ended, marks_in, says_can
from kaozheng.importing.tree.numbers import Number, Role
from kaozheng.importing.tree.pieces import Piece

#: A kind of number: its style, and the depth of dotted ones. "under" counts the depth below the level's own heading.
Kind = tuple[str, int]

_LAYERS: tuple[Role, ...] = ("area", "task", "requirement")
_SENTENCE_SHARE = 0.5
_FEW = 0.25
_FULL_DEPTH = 3
_LONG = 30
_FULL_LINE = 0.8
_SHORT = 16
#: Styles whose numbers begin again in each task.
WITHIN_TASKS = ("paren", "half", "circled", "letter", "letter-paren")


@dataclass(frozen=True)
class Scheme:
    """The layers of the kinds of numbers, outside of tables and in the requirement cells of tables."""

    lines: dict[Kind, Role] = field(default_factory=dict)
    #: The kinds that number requirements in cells: none if nothing does.
    cells: tuple[Kind, ...] = ()
    prefix: tuple[int, ...] = ()
    #: Requirements without numbers: one for each sentence where a task has one paragraph, else for each paragraph.
    by_sentence: bool = True

    def kind(self, number: Number) -> Kind:
        """Return of which kind a number is."""
        if not number.is_dotted:
            return ("plain" if number.style == "bare" else number.style, 1)
        if self.prefix and number.depth > len(self.prefix) and number.parts[: len(self.prefix)] == self.prefix:
            return "under", number.depth - len(self.prefix)
        return "dotted", number.depth

    def role(self, number: Number) -> Role | None:
        """Return the layer of a number that stands outside of tables."""
        return self.lines.get(self.kind(number))

    def first_role(self, text: str) -> Role | None:
        """Return the layer of the number that a text begins with."""
        return next((self.role(mark.number) for mark in _leading(text)), None)

    @property
    def numbers_requirements(self) -> bool:
        """Tell whether requirements outside of tables are numbered at all."""
        return "requirement" in self.lines.values()


def scheme_of(pieces: Sequence[Piece], prefix: tuple[int, ...] = (), *, by_sentence: bool = True) -> Scheme:
    """Return the habit of one level; `prefix` is the number of the level's own heading, such as 6.1."""
    bare = Scheme(prefix=prefix)
    cells = _cell_kinds([piece for piece in pieces if piece.role == "requirement"], bare)
    outside = [piece for piece in pieces if piece.role is None]
    lines = _line_roles(outside, bare, cells)
    return Scheme(lines=lines, cells=cells, prefix=prefix, by_sentence=by_sentence)


def has_paragraphs(pieces: Sequence[Piece]) -> bool:
    """Tell whether tasks have more paragraphs of requirements than one."""
    in_cells = [piece for piece in pieces if piece.role == "requirement"]
    tasks = {piece.text for piece in pieces if piece.role == "task" and piece.opens}
    return not in_cells or len(in_cells) > len(tasks)


def _cell_kinds(pieces: Sequence[Piece], scheme: Scheme) -> tuple[Kind, ...]:
    """Return the kinds that begin a good part of the requirement cells, the most telling one if several do."""
    opening = [marks_in(piece.text)[:1] for piece in pieces if piece.opens]
    kinds = Counter(scheme.kind(marks[0].number) for marks in opening if marks and marks[0].strength == START)
    dotted = Counter({kind: count for kind, count in kinds.items() if kind[0] in ("dotted", "under")})
    total = sum(kinds.values())
    if not total or total < _FEW * len(opening):
        return ()
    if sum(dotted.values()) >= _FEW * total:
        full = ("dotted", _FULL_DEPTH)
        return (full,) if dotted[full] >= _FEW * sum(dotted.values()) else (dotted.most_common(1)[0][0],)
    return (kinds.most_common(1)[0][0],)


def _line_roles(pieces: Sequence[Piece], scheme: Scheme, cells: tuple[Kind, ...]) -> dict[Kind, Role]:
    """Return the layer of each kind of number that lines outside of tables begin with."""
    leading = [(piece.text, marks[0]) for piece in _begun(pieces) if (marks := _leading(piece.text))]
    kinds = Counter(scheme.kind(mark.number) for _, mark in leading)
    order = list(dict.fromkeys(scheme.kind(mark.number) for _, mark in leading))
    if cells:
        kinds[cells[0]] += 1
        order += [cells[0]] if cells[0] not in order else []
    share = _sentence_shares(leading, scheme)
    if any(kind[0] == "under" for kind in kinds):
        return _under_heading(order, share)
    relative = sum(count for kind, count in kinds.items() if kind[0] in WITHIN_TASKS)
    if kinds["dotted", _FULL_DEPTH] > _FEW * relative or (not relative and _inline_full(pieces)):
        return _full(order)
    unnumbered = any(says_can(piece.text) for piece in pieces)
    return _relative(order, share, unnumbered=unnumbered)


def _begun(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Yield the lines that do not go on with a sentence: the line before has ended, or had room left."""
    lengths = sorted(len(piece.text) for piece in pieces)
    full = max(_SHORT, _FULL_LINE * lengths[len(lengths) * 9 // 10]) if lengths else 0
    before = ""
    for piece in pieces:
        if has_ended(before) or len(before) < full:
            yield piece
        before = piece.text


def _leading(text: str) -> list[Mark]:
    return [mark for mark in marks_in(text)[:1] if mark.strength == START]


def _inline_full(pieces: Sequence[Piece]) -> bool:
    """Tell whether 1.1.1 numbers requirements inside lines: a whole row, or everything, may stand on one line."""
    found = [mark for piece in pieces for mark in marks_in(piece.text) if mark.number.depth == _FULL_DEPTH]
    return any(mark.number.last == 1 and mark.strength > 1 for mark in found)


def _sentence_shares(leading: Sequence[tuple[str, Mark]], scheme: Scheme) -> dict[Kind, float]:
    """Return for each kind which share of its items reads like requirements rather than titles."""
    shares: dict[Kind, list[bool]] = {}
    for text, mark in leading:
        words = text[mark.end :]
        reads = (bool(words) and has_ended(words)) or len(words) > _LONG or says_can(words)
        shares.setdefault(scheme.kind(mark.number), []).append(reads)
    return {kind: sum(reads) / len(reads) for kind, reads in shares.items()}


def _full(order: Sequence[Kind]) -> dict[Kind, Role]:
    """Where 1.1.1 is a requirement, 1.1 is a task and what stands above them an area."""
    roles: dict[Kind, Role] = {("dotted", 3): "requirement", ("dotted", 2): "task"}
    for kind in order:
        if kind[0] in ("plain", "chinese", "chinese-paren"):
            roles[kind] = "area"
    return roles


def _under_heading(order: Sequence[Kind], share: dict[Kind, float]) -> dict[Kind, Role]:
    """Where areas are headings below the level's own (6.1, then 6.1.1), what stands below them goes on from there."""
    roles: dict[Kind, Role] = {}
    layers = iter(_LAYERS)
    for kind in sorted(kind for kind in order if kind[0] == "under"):
        is_sentence = share.get(kind, 0) > _SENTENCE_SHARE and roles
        roles[kind] = "requirement" if is_sentence else next(layers, "requirement")
    others = [kind for kind in order if kind[0] not in ("under", "dotted")]
    for kind in others[:1]:
        roles[kind] = "requirement"
    return roles


def _relative(order: Sequence[Kind], share: dict[Kind, float], *, unnumbered: bool) -> dict[Kind, Role]:
    """Where numbers start again in each layer, their kinds come in the order of the layers."""
    sentences = [kind for kind in order if share.get(kind, 1) > _SENTENCE_SHARE]
    titles = [kind for kind in order if kind not in sentences]
    roles: dict[Kind, Role] = dict(zip(_by_depth(titles), _LAYERS, strict=False))
    if ("dotted", 2) in titles and "area" not in [roles[kind] for kind in titles if kind != ("dotted", 2)]:
        roles["dotted", 2] = "task"  # the areas above 1.1 have no number
    if sentences:
        roles[sentences[0]] = "requirement"
    elif len(titles) > 1 and not unnumbered:
        roles[_by_depth(titles)[-1]] = "requirement"  # short ones, which read like titles
    return roles


def _by_depth(kinds: Sequence[Kind]) -> list[Kind]:
    return sorted(kinds, key=lambda kind: kind[1])
