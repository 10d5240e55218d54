"""Wall time and CPU seconds of a piece of work, by process: the figures that say what limits it."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field

import psutil


def cpu_seconds(process: psutil.Process) -> float:
    """Return what a process and all its children, ended ones included, have used so far."""
    total = 0.0
    for one in (process, *process.children(recursive=True)):
        try:
            times = one.cpu_times()
        except psutil.NoSuchProcess:
            continue
        total += times.user + times.system
        if one.pid == process.pid:
            total += times.children_user + times.children_system
    return total


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

    def cpu_per_thousand(self, name: str) -> float:
        """Return the CPU milliseconds per event, of one process."""
        return 1000 * self.cpu[name] / self.events


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
        return {name: cpu_seconds(process) for name, process in self._processes.items()}
