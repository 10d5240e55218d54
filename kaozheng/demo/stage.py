"""One run of the demo, and its stages: each is timed and has a bar."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rich.progress import Progress

from kaozheng.demo.bars import Bar, ProgressBar
from kaozheng.demo.parties import Parties
from kaozheng.demo.plan import Plan
from kaozheng.demo.tally import Tally


@dataclass(kw_only=True)
class Demo(Parties):
    """One run: how many candidates, with which seed, and what was seen so far."""

    candidates: int
    seed: int
    folder: Path
    progress: Progress
    #: People are numbered; a run on a stack where others ran begins after theirs.
    people_after: int = 0
    tally: Tally = field(default_factory=Tally)
    seconds: dict[str, float] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def plan(self) -> Plan:
        """Return the plan, once it is open."""
        plan: Plan = self.facts["plan"]
        return plan


@asynccontextmanager
async def stage(demo: Demo, title: str, total: int) -> AsyncIterator[Bar]:
    """Time a stage and show its bar."""
    bar = ProgressBar(demo.progress, title, total)
    started = time.perf_counter()
    yield bar
    demo.seconds[title] = time.perf_counter() - started
    bar.reach(total, total)
