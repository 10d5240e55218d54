"""Which standard a document is: its code, its edition, and the stored standard whose codes and English it keeps."""

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from kaozheng.importing.preamble import Heading
from kaozheng.importing.wording import fold, tidy
from shared.standards.catalogue import Catalogue
from shared.standards.codes import LevelName
from shared.standards.model import SkillStandard
from shared.standards.preamble import Named

_STANDARD = re.compile(
    r"(?:人员)?(?:职业)?(?:技能)?(?:等级)?(?:标准|要求|规范)(?:[（(].{0,20}[）)])?$|[（(][初中高]级[）)]|^1\s?\+\s?X(?:证书)?(?:制度)?|[《》“”\"]"
)
_TITLE = re.compile(r"技能.{0,4}(?:标准|要求)")
_DIGITS = 8
_LONGEST = 60
_Named = TypeVar("_Named", bound=Named)


@dataclass(frozen=True, kw_only=True)
class Identity:
    """The head of the standard to be."""

    title: str
    code: str
    edition: str
    stored: SkillStandard | None = None
    #: The code was made up from the title, as nothing better was there.
    is_made_up: bool = False
    english: Mapping[str, str] = field(default_factory=dict)

    def unit_codes(self, level: LevelName) -> dict[str, str]:
        """Return the stored unit codes of a level that no clause gives, by folded title and by category."""
        if self.stored is None or self.stored.code != self.code:
            return {}
        units = [unit for each in self.stored.levels if each.level == level for unit in each.units]
        named = [unit for unit in units if not unit.code.rpartition(":")[2][0].isdigit()]
        titles = {fold(unit.title): unit.code for unit in named}
        return titles | {unit.category: unit.code for unit in named if unit.category}

    def category_codes(self) -> dict[str, str]:
        """Return the stored codes of categories by title, with and without what it says in brackets."""
        stored = self.stored.categories if self.stored else ()
        bare = {re.sub(r"[（(].*[）)]$", "", category.title): category.code for category in stored}
        return bare | {category.title: category.code for category in stored}

    def translated(self, named: _Named) -> _Named:
        """Return something with the English title that is stored for its Chinese one, unless it has one."""
        english = self.english.get(fold(named.title))
        return named if named.title_en or not english else named.model_copy(update={"title_en": english})


def identify(heading: Heading, fallback: str, code: str | None, edition: str | None, catalogue: Catalogue) -> Identity:
    """Return what the document is; an unknown standard without a number gets a code made up from its title."""
    title = tidy(heading.title or "") or fallback
    stored = _stored(title, heading.number, code, catalogue)
    found = code or (stored.code if stored else None) or _from_number(heading.number)
    return Identity(
        title=title,
        code=found or f"std-{hashlib.sha256(fold(title).encode()).hexdigest()[:_DIGITS]}",
        edition=edition or heading.edition or "undated",
        stored=stored,
        is_made_up=found is None,
        english=_english(stored) if stored else {},
    )


def title_line(texts: Sequence[str], file: str) -> str:
    """Return the line of a title page that looks most like a title, else the file's name."""
    titles = [tidy(text) for text in texts if _TITLE.search(tidy(text)) and len(text) <= _LONGEST]
    return titles[0] if titles else file.rpartition(".")[0] or file


def name_of(title: str) -> str:
    """Return what a standard is about: its title without 职业技能等级标准."""
    return _STANDARD.sub("", _STANDARD.sub("", tidy(title))).strip()


def _stored(title: str, number: str | None, code: str | None, catalogue: Catalogue) -> SkillStandard | None:
    for standard in catalogue.standards():
        same_number = number and standard.number and fold(standard.number) == fold(number)
        if same_number or fold(standard.title) == fold(title) or standard.code == code:
            return standard
    return None


def _from_number(number: str | None) -> str | None:
    """Return a code like kjdzsw-0001 for a number like T/KJDZSW 0001-2023, or std-510001 for a bare 标准代码."""
    if number and re.fullmatch(r"\d{4,12}", number):
        return f"std-{number}"
    letters = re.search(r"[A-Za-z]{2,20}", number or "")
    digits = re.search(r"\d[\d.]*", number or "")
    if letters is None or digits is None:
        return None
    return f"{letters.group().lower()}-{digits.group().strip('.').replace('.', '-')}"[:_LONGEST]


def _english(standard: SkillStandard) -> dict[str, str]:
    return {fold(named.title): named.title_en for named in _named(standard) if named.title_en}


def _named(standard: SkillStandard) -> Iterator[Named]:
    yield from (standard, *standard.references, *standard.terms, *standard.categories)
    for majors in standard.majors:
        yield from majors.majors
    for level in standard.levels:
        yield level
        yield from (*level.posts.employers, *level.posts.posts) if level.posts else ()
        for unit in level.units:
            yield unit
            yield from unit.tasks
