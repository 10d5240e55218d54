"""Puts each level together: its description and assessment from the text, its units from its tree."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kaozheng.importing.identity import Identity
from kaozheng.importing.preamble import ALL_UNITS, Introduction, LevelTexts, read_introduction
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.building import Builder
from kaozheng.importing.tree.levels import LevelTree
from kaozheng.importing.tree.marks import has_ended
from kaozheng.importing.tree.nodes import Node
from shared.standards.codes import LEVELS, LevelName
from shared.standards.model import Level, Unit
from shared.standards.preamble import Assessment, Posts, SkillCategory

TITLES: dict[LevelName, tuple[str, str]] = {
    "junior": ("初级", "Junior"),
    "intermediate": ("中级", "Intermediate"),
    "senior": ("高级", "Senior"),
}
_NOT_STATED = Assessment(
    units="not_stated",
    description="文件没有给出这一等级的要求，也没有说明如何考核。",
    description_en="The document gives neither the requirements of this level nor how it is assessed.",
)
_UNDESCRIBED = "文件没有描述这一等级。"
_SHARE_ENDED = 0.7


@dataclass(frozen=True, kw_only=True)
class Levelling:
    """Builds the levels out of all that was read."""

    identity: Identity
    texts: LevelTexts
    categories: Sequence[SkillCategory]
    posts: dict[LevelName, Posts]
    ledger: Ledger
    clause: str | None = None
    #: The requirement in which the source breaks off, if it does.
    broken: Node | None = None

    def levels(self, trees: Sequence[LevelTree]) -> tuple[Level, ...]:
        """Return the levels that have requirements or are at least described, from the lowest up."""
        by_level = {tree.level: tree for tree in trees}
        told = {*by_level, *self.texts.descriptions, *self.posts}
        return tuple(self._level(name, by_level.get(name)) for name in LEVELS if name in told)

    def _level(self, name: LevelName, tree: LevelTree | None) -> Level:
        clause = _clause(tree) or self.clause
        intro = Introduction()
        if tree and tree.prose:
            intro = read_introduction(tree.prose, self.ledger, categories=self.categories, clause=clause)
        units = tuple(self._units(name, tree)) if tree else ()
        undescribed = tuple(self._undescribed(name, clause, intro, units))
        stated = self.texts.assessment.get(name) or intro.assessment
        return Level(
            level=name,
            title=TITLES[name][0],
            title_en=TITLES[name][1],
            clause=clause,
            description=self.texts.descriptions.get(name) or intro.description or _UNDESCRIBED,
            posts=self._posts(name),
            assessment=stated or (ALL_UNITS if units else _NOT_STATED),
            complete=bool(units) and not undescribed and all(unit.complete for unit in units),
            units=(*units, *undescribed),
        )

    def _units(self, name: LevelName, tree: LevelTree) -> tuple[Unit, ...]:
        builder = Builder(
            standard=self.identity.code,
            level=name,
            ledger=self.ledger,
            categories=self.categories,
            stored=self.identity.unit_codes(name),
            english=self.identity.english,
            broken=self.broken,
        )
        return builder.units(tree.areas)

    def _undescribed(
        self, name: LevelName, clause: str | None, intro: Introduction, units: Sequence[Unit]
    ) -> Iterator[Unit]:
        """Yield the categories that the level names and whose requirements the document does not state."""
        described = {unit.category for unit in units}
        taken = {unit.code for unit in units}
        stored = self.identity.unit_codes(name)
        for category in intro.categories:
            code = stored.get(category.code) or f"{self.identity.code}:{name}:{category.code}"
            if category.code not in described and code not in taken:
                yield self.identity.translated(
                    Unit(code=code, clause=clause or name, title=category.title, category=category.code, complete=False)
                )

    def _posts(self, name: LevelName) -> Posts | None:
        posts = self.posts.get(name)
        if posts is None:
            return None
        translated = self.identity.translated
        return Posts(employers=tuple(map(translated, posts.employers)), posts=tuple(map(translated, posts.posts)))


def broken_off(trees: Sequence[LevelTree], ledger: Ledger) -> Node | None:
    """Return the last requirement of all if it alone ends amid a sentence: the source breaks off there."""
    requirements = [node for tree in trees for area in tree.areas for task in area.children for node in task.children]
    if not requirements:
        return None
    last = max(reversed(requirements), key=lambda node: max(line.number for line in node.lines))
    ended = [has_ended(node.words) for node in requirements if node is not last]
    cut = last.words.endswith(("…", "...", "，", "、", ","))
    if has_ended(last.words) or not (cut or (ended and sum(ended) > _SHARE_ENDED * len(ended))):
        return None
    line = last.lines[-1]
    ledger.doubt(line, "source-breaks-off", "文件在这一条要求中间中断。", "The source breaks off in this requirement.")
    return last


def _clause(tree: LevelTree | None) -> str | None:
    number = tree.number if tree else None
    return ".".join(map(str, number.parts)) if number and number.is_dotted else None
