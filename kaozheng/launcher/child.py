"""One process under the supervisor's care."""

import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from kaozheng.embedded.ports import is_running
from kaozheng.launcher.settings import PROJECT

_FIRST_PAUSE_SECONDS = 1.0
_LONGEST_PAUSE_SECONDS = 30.0
#: A process that has lived so long is no longer counted as crashing again and again.
_SETTLED_SECONDS = 60.0


@dataclass
class Child:
    """How to start a process and how to see that it is ready, with what has happened to it so far."""

    name: str
    spawn: Callable[[], psutil.Process]
    ready: Callable[[], bool]
    process: psutil.Process | None = None
    restarts: int = 0
    seconds: Callable[[], float] = time.monotonic
    _in_a_row: int = field(default=0, repr=False)
    _started_at: float = field(default=0.0, repr=False)
    _not_before: float = field(default=0.0, repr=False)

    def start(self) -> psutil.Process:
        """Start it now."""
        self._started_at = self.seconds()
        self.process = self.spawn()
        return self.process

    def has_ended(self) -> bool:
        """Say whether it was started and runs no more."""
        return self.process is not None and not is_running(self.process)

    def note_crash(self) -> float:
        """Forget the dead process and return how long to wait before the next try: 1, 2, 4 … 30 seconds."""
        if isinstance(self.process, psutil.Popen):
            self.process.poll()  # lets the kernel forget it too
        settled = self.seconds() - self._started_at > _SETTLED_SECONDS
        self._in_a_row = 0 if settled else self._in_a_row + 1
        self.process = None
        self.restarts += 1
        pause: float = min(_FIRST_PAUSE_SECONDS * 2.0 ** max(0, self._in_a_row - 1), _LONGEST_PAUSE_SECONDS)
        self._not_before = self.seconds() + pause
        return pause

    def is_due(self) -> bool:
        """Say whether it crashed and its pause is over."""
        return self.process is None and self.seconds() >= self._not_before


def python_module(module: str, *arguments: str, environment: dict[str, str], log: Path) -> psutil.Popen:
    """Start `python -m module` in a session of its own, writing to the log."""
    with log.open("ab") as output:
        return psutil.Popen(
            [sys.executable, "-m", module, *arguments],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            cwd=PROJECT,
            env=environment,
            start_new_session=True,
        )
