"""Contestants take turns, so that whatever else the machine does hits all of them; medians with the whole spread."""

import statistics
from collections.abc import Callable, Coroutine, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks import fresh
from benchmarks.ground import Ground, Place
from benchmarks.stopwatch import Figures

#: A measurement and its argument.
Entry = tuple[Callable[[Place, Any], Coroutine[Any, Any, Figures]], Any]


@dataclass(frozen=True)
class Result:
    """All runs of one contestant."""

    runs: Sequence[Figures]

    def median(self, value: Callable[[Figures], float]) -> float:
        """Return the median of a figure over the runs."""
        return statistics.median(value(run) for run in self.runs)

    @property
    def rate(self) -> float:
        """Return the median events per second."""
        return self.median(lambda run: run.rate)

    @property
    def spread(self) -> str:
        """Return the slowest and the fastest run."""
        rates = [run.rate for run in self.runs]
        return f"{min(rates):,.0f} to {max(rates):,.0f}"

    def cpu(self, *names: str) -> float:
        """Return the median CPU microseconds per event of some processes together."""
        return self.median(lambda run: 1e6 * sum(run.cpu[name] for name in names) / run.events)

    def each(self, name: str) -> float:
        """Return the median of a count per event."""
        return self.median(lambda run: run.counts[name] / run.events)


def hold(ground: Ground, entries: Mapping[str, Entry], repeats: int, tell: Callable[[str], None]) -> dict[str, Result]:
    """Run all contestants in turn, several times, each on a fresh database and broker."""
    runs: dict[str, list[Figures]] = {name: [] for name in entries}
    for turn in range(1, repeats + 1):
        for name, (measure, argument) in entries.items():
            with ground.place() as place:
                figures = fresh.run(measure, place, argument)
            runs[name].append(figures)
            tell(f"  {turn}/{repeats} {name}: {figures.rate:,.0f}/s")
    return {name: Result(figures) for name, figures in runs.items()}
