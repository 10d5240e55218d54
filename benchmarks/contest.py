"""Contestants take turns, so that whatever else the machine does hits all of them; medians with the whole spread."""

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from benchmarks.stopwatch import Figures

#: Says what is being done.
Tell = Callable[[str], None]


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One contestant under one load. `run` takes whether statements are to be counted, in a run that is not timed."""

    name: str
    run: Callable[[bool], Figures]
    note: str = ""
    #: Whether there is a run to count statements; once is enough for loads that differ in their keys only.
    counted: bool = True


@dataclass
class Result:
    """All runs of one contestant, or why there are none."""

    entry: Entry
    runs: list[Figures] = field(default_factory=list)
    #: SQL statements per event.
    statements: float | None = None
    failure: str = ""

    def median(self, value: Callable[[Figures], float]) -> float:
        """Return the median of a figure over the runs."""
        return statistics.median(value(run) for run in self.runs)

    @property
    def rates(self) -> list[float]:
        """Return the events per second of each run."""
        return [run.rate for run in self.runs]

    @property
    def rate(self) -> float:
        """Return the median events per second."""
        return statistics.median(self.rates)

    def cpu(self, *names: str) -> float:
        """Return the median CPU microseconds per event of some processes together."""
        return self.median(lambda run: 1e6 * sum(run.cpu.get(name, 0) for name in names) / run.events)

    def each(self, name: str) -> float:
        """Return the median of a count per event."""
        return self.median(lambda run: run.counts[name] / run.events)

    def attempt(self, *, counted: bool, tell: Tell, turn: str) -> None:
        """Run once more; after a failure never again, but the failure is kept."""
        if self.failure:
            return
        tell(f"{turn} {self.entry.name}")
        try:
            figures = self.entry.run(counted)
        except Exception as failed:  # noqa: BLE001  # whatever it was, the others go on and it is told
            self.failure = f"{type(failed).__name__}: {failed}"
            tell(f"{turn} {self.entry.name}: {self.failure}")
            return
        if counted:
            self.statements = figures.counts["statements"] / figures.events
        else:
            self.runs.append(figures)


def hold(entries: Sequence[Entry], repeats: int, tell: Tell, *, counted: bool = True) -> list[Result]:
    """Run all contestants in turn, several times, each on fresh ground; before that once to count statements."""
    results = [Result(entry) for entry in entries]
    if counted:
        for result in (one for one in results if one.entry.counted):
            result.attempt(counted=True, tell=tell, turn="SQL")
    for turn in range(1, repeats + 1):
        for result in results:
            result.attempt(counted=False, tell=tell, turn=f"{turn}/{repeats}")
    return results
