"""Delays and what to say about them."""

import math
import statistics
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from benchmarks.finding import Bar

#: Moments by key.
Moments = Mapping[str, datetime]
POINTS = (50, 95, 99)


def delays(before: Moments, after: Moments) -> list[float]:
    """Return the milliseconds from each moment to the one of the same key after it."""
    return sorted((after[key] - moment).total_seconds() * 1e3 for key, moment in before.items() if key in after)


def quantile(ordered: Sequence[float], percent: int) -> float:
    """Return the smallest value that so many per cent do not exceed."""
    return ordered[max(0, math.ceil(len(ordered) * percent / 100) - 1)]


def reached(moments: Moments) -> float:
    """Return how many came per second."""
    span = (max(moments.values()) - min(moments.values())).total_seconds()
    return (len(moments) - 1) / span if span else 0.0


@dataclass(frozen=True)
class Hop:
    """The delays of one hop in each run, in milliseconds and in order."""

    name: str
    runs: Sequence[Sequence[float]]

    def row(self) -> list[str]:
        """Return the medians over the runs of the quantiles and of the worst, and the range of the 99th."""
        points = [statistics.median(self.at(percent)) for percent in POINTS]
        worst = statistics.median(run[-1] for run in self.runs)
        last = self.at(POINTS[-1])
        return [self.name, *(f"{one:,.1f}" for one in (*points, worst)), f"{min(last):,.1f}–{max(last):,.1f}"]

    def at(self, percent: int) -> list[float]:
        """Return a quantile of each run."""
        return [quantile(run, percent) for run in self.runs]

    def bars(self) -> list[Bar]:
        """Return one bar for each quantile."""
        found = [(percent, self.at(percent)) for percent in POINTS]
        return [
            Bar(name=f"{self.name} p{percent}", value=statistics.median(at), low=min(at), high=max(at), ours=True)
            for percent, at in found
        ]


HEADINGS = ("", "p50 ms", "p95 ms", "p99 ms", "最大 worst ms", "p99 范围 range")
