"""From runs to ratios: other over base, pair by pair, with median and range."""

import math
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

#: So many standard deviations of a difference are no chance any more.
_DEVIATIONS = 5


class DifferentWork(Exception):
    """Two runs did not do the same, so that their times must not be compared."""


@dataclass(frozen=True, kw_only=True)
class Run:
    """What one run of whole lives took, from review to certificates, and how busy the machine was before it."""

    candidates: int
    admitted: int
    certificates: int
    seconds: float
    #: CPU seconds by process.
    cpu: Mapping[str, float]
    #: Load average of the last minute, and share of all cores that others used, just before.
    load: float
    busy: float

    @property
    def rate(self) -> float:
        """Return lives per second."""
        return self.admitted / self.seconds

    @property
    def thrift(self) -> float:
        """Return lives per CPU second of all processes together."""
        return self.admitted / sum(self.cpu.values())

    def cpu_ms(self, process: str) -> float:
        """Return the CPU milliseconds that a life took of a process."""
        return 1e3 * self.cpu.get(process, 0.0) / self.admitted


@dataclass(frozen=True)
class Pair:
    """Two runs that followed one another."""

    base: Run
    other: Run

    def ratio(self, value: Callable[[Run], float]) -> float:
        """Return a figure of other over that of base."""
        return value(self.other) / value(self.base)


@dataclass(frozen=True)
class Spread:
    """The middle of some figures, and how far they reach."""

    median: float
    low: float
    high: float

    @classmethod
    def of(cls, values: Sequence[float]) -> "Spread":
        """Return the spread of figures, of which there must be one."""
        return cls(statistics.median(values), min(values), max(values))


@dataclass(frozen=True)
class Comparison:
    """All pairs of two commits; raises DifferentWork if their runs did not all do the same."""

    pairs: Sequence[Pair]

    def __post_init__(self) -> None:
        """Refuse to compare what is not comparable."""
        done = {(run.candidates, run.admitted, run.certificates) for run in self.runs}
        certificates = [run.certificates for run in self.runs]
        same = len({work[:2] for work in done}) == 1
        if not same or max(certificates) - min(certificates) > _by_chance(self.runs[0].admitted, certificates):
            told = "; ".join(" → ".join(f"{number:,}" for number in work) for work in sorted(done))
            raise DifferentWork(f"考生、准考、证书不同 candidates, admitted, certificates differ: {told}")

    @property
    def runs(self) -> list[Run]:
        """Return all runs."""
        return [run for pair in self.pairs for run in (pair.base, pair.other)]

    @property
    def processes(self) -> list[str]:
        """Return the names of all processes, those of base first."""
        return list(dict.fromkeys(name for run in self.runs for name in run.cpu))

    def base(self, value: Callable[[Run], float]) -> Spread:
        """Return a figure of the base's runs."""
        return Spread.of([value(pair.base) for pair in self.pairs])

    def other(self, value: Callable[[Run], float]) -> Spread:
        """Return a figure of the other's runs."""
        return Spread.of([value(pair.other) for pair in self.pairs])

    def ratio(self, value: Callable[[Run], float]) -> Spread:
        """Return other over base, within each pair."""
        return Spread.of([pair.ratio(value) for pair in self.pairs])


def _by_chance(admitted: int, certificates: Sequence[int]) -> float:
    """Return by how many certificates two runs may differ: who passes hangs on codes drawn anew each time."""
    passing = statistics.mean(certificates) / admitted
    return _DEVIATIONS * math.sqrt(2 * admitted * passing * (1 - passing))


def turns(pairs: int) -> list[tuple[str, str]]:
    """Return who runs first and second in each pair: they alternate, so that a drift of the machine hits both."""
    return [("base", "other") if number % 2 == 0 else ("other", "base") for number in range(pairs)]
