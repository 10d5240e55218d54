"""Turns grown trees into the schema's units, tasks and requirements, with codes that are stable over editions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from kaozheng.importing.preamble import category_named
from kaozheng.importing.report import Ledger
from kaozheng.importing.tree.nodes import Node
from kaozheng.importing.wording import fold
from shared.standards.codes import LevelName
from shared.standards.model import SkillRequirement, Unit, WorkTask
from shared.standards.preamble import SkillCategory

_IMPLICIT = "requirements"


@dataclass(frozen=True, kw_only=True)
class Builder:
    """Builds the units of one level of one standard."""

    standard: str
    level: LevelName
    ledger: Ledger
    categories: Sequence[SkillCategory] = ()
    #: What a stored edition calls a unit of this level: its code by folded title, and by category.
    stored: Mapping[str, str] = field(default_factory=dict)
    #: English titles by folded Chinese ones, as far as they are stored.
    english: Mapping[str, str] = field(default_factory=dict)
    #: The requirement in which the source breaks off.
    broken: Node | None = None

    def units(self, areas: Sequence[Node]) -> tuple[Unit, ...]:
        """Return the units; codes that would be there twice, as stored ones might, are made from the clause."""
        taken: set[str] = set()
        return tuple(self._unit(area, self._free(area, taken, areas)) for area in areas)

    def _free(self, area: Node, taken: set[str], areas: Sequence[Node]) -> str:
        """Return a code for an area that nothing else has: one headed 2.1 beside one headed 2 gets a suffix."""
        own = f"{self.standard}:{self.level}:{area.clause}"
        stored = self._stored(area)
        inside = any(area.clause.startswith(f"{other.clause}.") for other in areas)
        code = stored if stored and stored not in taken else f"{own}-2" if inside else own
        taken.add(code)
        return code

    def _unit(self, area: Node, code: str) -> Unit:
        category = self._category(area)
        tasks = tuple(task for node in area.children if (task := self._task(node, area, code)))
        if not tasks:
            reason = f"工作领域“{area.words}”没有读出任何要求。"
            self._doubt(area, "area-empty", reason, "No requirement was found in this area.")
        self._use(area, code)
        return Unit(
            code=code,
            clause=area.clause,
            title=self._title(area),
            title_en=self._english(area),
            category=category.code if category else None,
            complete=bool(tasks) and all(each.complete for task in tasks for each in task.requirements),
            tasks=tasks,
        )

    def _category(self, area: Node) -> SkillCategory | None:
        title = area.words
        for word in ("初级", "中级", "高级"):
            title = title.removeprefix(word)
        return category_named(title, self.categories) if self.categories else None

    def _stored(self, area: Node) -> str | None:
        category = self._category(area)
        return self.stored.get(fold(area.words)) or (self.stored.get(category.code) if category else None)

    def _task(self, node: Node, area: Node, unit: str) -> WorkTask | None:
        if not node.children:
            reason = f"工作任务“{node.words}”没有读出任何要求，未收入。"
            self._doubt(node, "task-empty", reason, "No requirement was found in this task; it was left out.")
            return None
        code = f"{unit}:{_IMPLICIT}" if node.is_implicit else self._under(unit, area.clause, node.clause)
        outer = unit if node.is_implicit else code
        self._use(node, code)
        return WorkTask(
            code=code,
            clause=node.clause,
            title=self._title(area if node.is_implicit else node),
            title_en=self._english(area if node.is_implicit else node),
            requirements=tuple(self._requirements(node, outer)),
        )

    def _requirements(self, task: Node, outer: str) -> Iterator[SkillRequirement]:
        for node in task.children:
            code = self._under(outer, task.clause, node.clause)
            self._use(node, code)
            words = node.words
            if not words:
                self._doubt(node, "requirement-empty", f"{node.clause} 后面没有文字。", "A number without any text.")
            yield SkillRequirement(
                code=code,
                clause=node.clause,
                description=words or node.clause,
                complete=bool(words) and node is not self.broken,
            )

    def _under(self, outer: str, outer_clause: str, clause: str) -> str:
        """Return the code of a node: its clause in place of its parent's, or behind the parent's code."""
        if outer.endswith(f":{outer_clause}") and clause.startswith(f"{outer_clause}."):
            return f"{outer.removesuffix(outer_clause)}{clause}"
        return f"{outer}:{clause}"

    def _title(self, node: Node) -> str:
        if not node.words:
            reason = f"没有读出 {node.clause} 的名称。"
            self._doubt(node, "title-missing", reason, f"No title was found for {node.clause}.")
        return node.words or node.clause

    def _english(self, node: Node) -> str | None:
        return self.english.get(fold(node.words))

    def _use(self, node: Node, code: str) -> None:
        for line in node.lines:
            self.ledger.use(line, code)

    def _doubt(self, node: Node, code: str, reason: str, reason_en: str) -> None:
        lines = node.lines or [line for child in node.walk() for line in child.lines]
        if lines:
            self.ledger.doubt(lines[0], code, reason, reason_en)
