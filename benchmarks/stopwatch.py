"""Wall time and CPU seconds of a piece of work, by process: the figures that say what limits it."""

import contextlib
import time
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Self

import psutil

#: Works through children; of all others a child is somebody else.
_FAMILY = "postgres"


def cpu_seconds(process: psutil.Process) -> float:
    """Return what a process has used so far."""
    times = process.cpu_times()
    return float(times.user + times.system)


def family_seconds(process: psutil.Process) -> float:
    """Return what a process and all its children, ended ones included, have used so far."""
    times = process.cpu_times()
    total = cpu_seconds(process) + times.children_user + times.children_system
    for child in process.children():
        with contextlib.suppress(psutil.NoSuchProcess):
            total += cpu_seconds(child)
    return float(total)


@dataclass(frozen=True)
class Figures:
    """What one run took."""

    events: int
    seconds: float
    cpu: Mapping[str, float]
    counts: Mapping[str, float] = field(default_factory=dict)

    @property
    def rate(self) -> float:
        """Return events per second."""
        return self.events / self.seconds

    def plus(self, **counts: float) -> Self:
        """Return the same with further counts."""
        return replace(self, counts={**self.counts, **counts})


class Stopwatch:
    """Starts when made; processes are watched by name."""

    def __init__(self, watched: Mapping[str, int]) -> None:
        self._processes = {name: psutil.Process(pid) for name, pid in watched.items()}
        self._before = self._cpu()
        self._started = time.perf_counter()

    def stop(self, events: int, counts: Mapping[str, float] | None = None) -> Figures:
        """Return what was used since the start."""
        seconds = time.perf_counter() - self._started
        after = self._cpu()
        used = {name: after[name] - before for name, before in self._before.items()}
        return Figures(events, seconds, used, counts or {})

    def _cpu(self) -> dict[str, float]:
        return {
            name: family_seconds(process) if name == _FAMILY else cpu_seconds(process)
            for name, process in self._processes.items()
        }
