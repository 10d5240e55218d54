"""A standard whose tree is known: what every rendering of it must be read back as."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from shared.standards.codes import LevelName

LEVEL_TITLES: dict[str, str] = {"junior": "初级", "intermediate": "中级", "senior": "高级"}


@dataclass(frozen=True)
class KnownTask:
    title: str
    requirements: tuple[str, ...]


@dataclass(frozen=True)
class KnownArea:
    title: str
    tasks: tuple[KnownTask, ...]


@dataclass(frozen=True)
class KnownLevel:
    level: LevelName
    description: str
    employer: str
    posts: tuple[str, ...]
    areas: tuple[KnownArea, ...]

    @property
    def title(self) -> str:
        return LEVEL_TITLES[self.level]


@dataclass(frozen=True)
class KnownTerm:
    title: str
    english: str
    definition: str


@dataclass(frozen=True)
class KnownReference:
    number: str
    year: int | None
    title: str

    @property
    def printed(self) -> str:
        return f"{self.number}-{self.year}" if self.year else self.number


@dataclass(frozen=True)
class Known:
    trade: str
    scope: str
    references: tuple[KnownReference, ...]
    terms: tuple[KnownTerm, ...]
    majors: dict[str, tuple[str, ...]]
    levels: tuple[KnownLevel, ...] = field(default=())

    @property
    def title(self) -> str:
        return f"{self.trade}职业技能等级标准"

    def outline(self) -> dict[str, str]:
        """Return title or wording of every area, task and requirement by level and clause: `junior:1.2.3`."""
        return {f"{level.level}:{clause}": words for level in self.levels for clause, words in clauses(level)}

    def requirements(self) -> dict[str, str]:
        """Return the wording of every requirement by level and clause."""
        return {code: words for code, words in self.outline().items() if code.count(".") == 2}

    def by_task(self) -> dict[str, str]:
        """Return the wording of all requirements of each task."""
        tasks: dict[str, str] = {}
        for code, words in self.requirements().items():
            task = code.rpartition(".")[0]
            tasks[task] = tasks.get(task, "") + words
        return tasks


def clauses(level: KnownLevel) -> Iterator[tuple[str, str]]:
    """Yield clause and words of everything in a level, in the order of the document."""
    for a, area in enumerate(level.areas, 1):
        yield f"{a}", area.title
        for t, task in enumerate(area.tasks, 1):
            yield f"{a}.{t}", task.title
            for r, words in enumerate(task.requirements, 1):
                yield f"{a}.{t}.{r}", words
