"""Finds and stops what an earlier launcher has left behind when it was killed."""

import psutil

from kaozheng.embedded import postgres
from kaozheng.embedded.ports import is_running
from kaozheng.embedded.postgres import EmbeddedPostgres
from kaozheng.launcher.environment import MARK
from kaozheng.launcher.state import State

_PATIENCE_SECONDS = 30.0


def stop_leftovers(state: State, server: EmbeddedPostgres) -> list[str]:
    """Stop every process of this stack that still runs; return their names. Others are never touched."""
    orphan = server.running()
    spared = {orphan.pid, *(child.pid for child in orphan.children())} if orphan else set()
    processes = {name: process for name, process in _marked(state) if process.pid not in spared}
    stop_all(list(processes.values()))
    if orphan:
        postgres.stop(orphan)
    return sorted([*processes, "postgres"] if orphan else processes)


def stop_all(processes: list[psutil.Process], *, seconds: float = _PATIENCE_SECONDS) -> None:
    """Ask all to end at once, wait, then kill those that did not."""
    for process in processes:
        if is_running(process):
            process.terminate()
    _, stubborn = psutil.wait_procs(processes, timeout=seconds)
    for process in stubborn:
        process.kill()
    psutil.wait_procs(stubborn, timeout=_PATIENCE_SECONDS)


def _marked(state: State) -> list[tuple[str, psutil.Process]]:
    """Return recorded processes, and those that were started but not yet recorded, known by their mark."""
    record = state.read()
    found: dict[int, tuple[str, psutil.Process]] = {}
    for name, identity in record.processes.items():
        process = identity.process()
        if process:
            found[process.pid] = (name, process)
    for process in psutil.process_iter():
        if process.pid not in found and _bears_mark(process, str(state.folder)):
            found[process.pid] = (f"{process.name()} ({process.pid})", process)
    return list(found.values())


def _bears_mark(process: psutil.Process, mark: str) -> bool:
    try:
        return process.environ().get(MARK) == mark
    except (psutil.Error, OSError):
        return False
