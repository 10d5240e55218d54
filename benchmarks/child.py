"""A contender as a process of its own: started, watched, told to stop, killed; its failure is told in words."""

import asyncio
import cProfile
import logging
import multiprocessing
import os
import signal
from collections.abc import Callable, Coroutine
from contextlib import suppress
from functools import partial
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import structlog
import uvloop

from shared.service import calm_the_collector

#: Does its work until it is cancelled.
Work = Callable[[], Coroutine[Any, Any, None]]

_SPAWN = multiprocessing.get_context("spawn")
_PATIENCE = 15.0


class ContenderFailed(Exception):
    """A contender ended by itself, or did not finish in time; the message says what is known."""


class Child:
    """One running contender, on the services' event loop and with the services' garbage collection."""

    def __init__(self, work: Work, *, profile: Path | None = None) -> None:
        """Start it; with `profile`, under the profiler, whose figures are in that file once it was stopped."""
        self._says, theirs = _SPAWN.Pipe(duplex=False)
        self._process = _SPAWN.Process(target=_main, args=(work, theirs, profile), daemon=True)
        self._process.start()
        theirs.close()
        #: The most memory it ever held (resident bytes), known once it was stopped.
        self.peak = 0

    @property
    def pid(self) -> int:
        """Its process id."""
        assert self._process.pid is not None
        return self._process.pid

    def check(self) -> None:
        """Raise ContenderFailed if it has ended."""
        if self._process.is_alive():
            return
        told = "no reason given"
        with suppress(EOFError, OSError):
            told = self._says.recv() if self._says.poll() else told
        raise ContenderFailed(f"ended with {self._process.exitcode}: {told}")

    def hold(self) -> None:
        """Freeze it, so that what it will work on can be laid out."""
        os.kill(self.pid, signal.SIGSTOP)

    def go(self) -> None:
        """Let it go on."""
        os.kill(self.pid, signal.SIGCONT)

    def kill(self) -> None:
        """Kill it as a lost machine would."""
        self.peak = max(self.peak, peak_bytes(self.pid))
        self._process.kill()
        self._process.join()

    def stop(self) -> None:
        """Ask it to end; kill it if it does not listen."""
        self.peak = max(self.peak, peak_bytes(self.pid))
        self._process.terminate()
        self._process.join(_PATIENCE)
        if self._process.is_alive():
            self.kill()


def peak_bytes(pid: int) -> int:
    """Return the most memory a process ever held (resident), 0 where the system does not tell."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0)


def quietly() -> None:
    """Make this process like a service's: no log below errors, calm garbage collection."""
    logging.disable(logging.ERROR)
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.ERROR))
    calm_the_collector()


def _main(work: Work, says: Connection, profile: Path | None) -> None:
    quietly()
    profiler = cProfile.Profile() if profile else None
    try:
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            runner.run(_until_told(work, profiler))
    except Exception as error:  # noqa: BLE001  # whatever it was, it is told
        says.send(f"{type(error).__name__}: {error}"[:500])
        raise SystemExit(1) from None
    if profiler and profile:
        profiler.dump_stats(profile)


async def _until_told(work: Work, profiler: cProfile.Profile | None) -> None:
    task = asyncio.ensure_future(work())
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, partial(task.cancel))
    if profiler:
        profiler.enable()
    try:
        with suppress(asyncio.CancelledError):
            await task
    finally:
        if profiler:
            profiler.disable()
