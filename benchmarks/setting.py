"""What every part of the benchmark is given: how often, how large, and whom to tell."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

from benchmarks.contest import Tell
from benchmarks.ground import Ground, ground


@dataclass(kw_only=True)
class Setting:
    """How often and how large; `tell` moves the progress line."""

    repeats: int
    #: Multiplies numbers of events.
    scale: float
    #: Candidates of the whole lives.
    candidates: int
    #: Numbers of candidates for the growth of time and memory.
    growth: tuple[int, ...]
    tell: Tell

    def changed(self, **values: Any) -> "Setting":
        """Return the same with other values."""
        return replace(self, **values)

    def told(self) -> str:
        """Say it in a few words."""
        times = f"{self.repeats} 次重复 repeats" + ("" if self.scale == 1 else f", × {self.scale:g} events")
        return f"{times}, {self.candidates:,} candidates"

    def events(self, full: int) -> int:
        """Return a number of events at this scale."""
        return max(100, int(full * self.scale))

    @contextmanager
    def ground(self) -> Iterator[Ground]:
        """Give a PostgreSQL server of the benchmark's own."""
        self.tell("PostgreSQL")
        with ground() as server:
            yield server
