"""The tree while it grows: areas, tasks and requirements with the numbers and the words that were found for them."""

from collections.abc import Iterator
from dataclasses import dataclass, field

from kaozheng.importing.document import Line
from kaozheng.importing.tree.numbers import Number
from kaozheng.importing.wording import fold, joined


@dataclass(eq=False)
class Node:
    """An area, a task or a requirement. One without words stands for what only the numbers below it tell of."""

    number: Number | None = None
    #: What the numbers of its children say of its own where it prints none.
    implied: tuple[int, ...] = ()
    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    children: list["Node"] = field(default_factory=list)
    row: int = 0
    uncertain: bool = False
    #: A layer that the document does not have: the one task of a category, an area above lone tasks.
    is_implicit: bool = False
    #: Settled later: the number as stored, and what the code says of its place.
    clause: str = ""

    @property
    def words(self) -> str:
        """Return its title or wording, as one line."""
        return joined(self.parts)

    @property
    def path(self) -> tuple[int, ...]:
        """Return its number as printed, or as the numbers below it imply."""
        return self.number.parts if self.number else self.implied

    def add(self, text: str, line: Line) -> None:
        """Go on with its words."""
        if text:
            self.parts.append(text)
        if line not in self.lines:
            self.lines.append(line)

    def repeats(self, text: str) -> bool:
        """Tell whether a text is its words again, or most of them, rather than a further piece of them."""
        words, again = fold(self.words), fold(text)
        return words == again or (again in words and 2 * len(again) > len(words))

    def walk(self) -> Iterator["Node"]:
        """Yield it and everything below it."""
        yield self
        for child in self.children:
            yield from child.walk()
