"""Finds parts of standards by words, in Chinese or English, whatever their case, width and spacing."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict

from shared.standards.codes import LevelName
from shared.standards.model import Level, SkillRequirement, SkillStandard, Unit, WorkTask
from shared.standards.preamble import SkillCategory, Term

_Kind = Literal["level", "unit", "task", "requirement", "term", "category"]


class Hit(BaseModel):
    """A part of a standard that was found. Terms have no code; terms and categories belong to no level.

    The code of a level is its standard's with its name, such as `xb2b:junior`.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    standard: str
    edition: str
    kind: _Kind
    level: LevelName | None = None
    code: str | None = None
    clause: str | None = None
    title: str | None = None
    title_en: str | None = None
    description: str | None = None
    description_en: str | None = None
    #: The titles above it, beginning with the standard's.
    path: tuple[str, ...]


_Part = Term | SkillCategory | Level | Unit | WorkTask | SkillRequirement
_KINDS: dict[type[_Part], _Kind] = {
    Term: "term",
    SkillCategory: "category",
    Level: "level",
    Unit: "unit",
    WorkTask: "task",
    SkillRequirement: "requirement",
}


@dataclass(frozen=True, slots=True)
class _Entry:
    """A part with its words, folded: what it is called by, its titles, its descriptions, and all that is above it."""

    hit: Hit
    names: tuple[str, ...]
    titles: str
    descriptions: str
    above: str

    def has(self, word: str) -> bool:
        """Tell whether a word is somewhere in the part or above it."""
        return any(word in text for text in (*self.names, self.titles, self.descriptions, self.above))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where in a standard a part stands: the titles above it, and all words above it, folded."""

    standard: SkillStandard
    path: tuple[str, ...]
    words: str

    def entry(self, part: _Part) -> _Entry:
        """Return a part that stands here."""
        hit = Hit(
            standard=self.standard.code,
            edition=self.standard.edition,
            kind=_KINDS[type(part)],
            level=getattr(part, "level", None),
            code=f"{self.standard.code}:{part.level}" if isinstance(part, Level) else getattr(part, "code", None),
            clause=getattr(part, "clause", None),
            title=part.title,
            title_en=part.title_en,
            description=part.definition if isinstance(part, Term) else getattr(part, "description", None),
            description_en=part.definition_en if isinstance(part, Term) else getattr(part, "description_en", None),
            path=self.path,
        )
        return _Entry(
            hit=hit,
            names=(_fold(hit.code), _fold(hit.clause)),
            titles=f"{_fold(hit.title)}\n{_fold(hit.title_en)}",
            descriptions=f"{_fold(hit.description)}\n{_fold(hit.description_en)}",
            above=self.words,
        )

    def below(self, entry: _Entry) -> "_Place":
        """Return the place below a part that stands here."""
        words = "\n".join((self.words, *entry.names, entry.titles, entry.descriptions))
        return _Place(self.standard, (*self.path, str(entry.hit.title)), words)


def search(standards: Iterable[SkillStandard], words: str, *, level: LevelName | None = None) -> tuple[Hit, ...]:
    """Return the parts that have all the words, in themselves or in what is above them, the best first.

    First comes what has one of the words as its code or clause, then words in its title, then in its description, then
    what only lies below something found; else the standards' order is kept. No words find nothing.
    """
    wanted = tuple(filter(None, map(_fold, words.split())))
    if not wanted:
        return ()
    entries = (entry for standard in standards for entry in _entries(standard))
    found = [entry for entry in entries if level in (None, entry.hit.level) and all(entry.has(word) for word in wanted)]
    return tuple(entry.hit for entry in sorted(found, key=lambda entry: _rank(entry, wanted)))


def _rank(entry: _Entry, wanted: tuple[str, ...]) -> int:
    titled = [word in entry.titles for word in wanted]
    best_first = (
        any(word in entry.names for word in wanted),
        all(titled),
        any(titled),
        any(word in entry.descriptions for word in wanted),
        True,
    )
    return best_first.index(True)


def _entries(standard: SkillStandard) -> Iterator[_Entry]:
    top = _Place(standard, (standard.title,), _fold(standard.code))
    yield from (top.entry(term) for term in standard.terms)
    yield from (top.entry(category) for category in standard.categories)
    for level in standard.levels:
        yield (entry := top.entry(level))
        in_level = top.below(entry)
        for unit in level.units:
            yield (entry := in_level.entry(unit))
            in_unit = in_level.below(entry)
            for task in unit.tasks:
                yield (entry := in_unit.entry(task))
                in_task = in_unit.below(entry)
                yield from (in_task.entry(requirement) for requirement in task.requirements)


def _fold(text: str | None) -> str:
    """Return a text without what does not matter in a search: width, case and spaces."""
    return "".join(unicodedata.normalize("NFKC", text or "").casefold().split())
