"""What runs now, seen from outside: measured, not remembered."""

import time
from dataclasses import dataclass

import psutil

from kaozheng.embedded import ports
from kaozheng.launcher import health
from kaozheng.launcher.environment import service_url
from kaozheng.launcher.settings import LauncherSettings, is_service
from kaozheng.launcher.state import Record, State


@dataclass(frozen=True, kw_only=True)
class Row:
    """One component as it is now; `health` is `ok` or says what is wrong."""

    name: str
    pid: int | None
    port: int | None
    health: str
    uptime_seconds: float | None
    memory_bytes: int | None
    restarts: int

    @property
    def is_healthy(self) -> bool:
        """Say whether all is well with it."""
        return self.health == "ok"


def rows(state: State, settings: LauncherSettings) -> list[Row]:
    """Return the supervisor and every component that the settings ask for."""
    record = state.read()
    return [_supervisor(record), *(_component(name, record, settings) for name in settings.components())]


def _supervisor(record: Record) -> Row:
    process = record.supervisor.process() if record.supervisor else None
    condition = "ok" if process and record.phase == "running" else (record.phase.value if process else "stopped")
    return _row("supervisor", process, None, condition, 0)


def _component(name: str, record: Record, settings: LauncherSettings) -> Row:
    identity = record.processes.get(name)
    process = identity.process() if identity else None
    port = record.ports.get(name)
    if process is None or port is None:
        condition = "stopped"
    elif not (is_service(name) or name in settings.workers):
        condition = "ok" if ports.answers(port) else "no answer"
    else:
        condition = health.describe(service_url(record.ports, name))
    return _row(name, process, port, condition, record.restarts.get(name, 0))


def _row(name: str, process: psutil.Process | None, port: int | None, condition: str, restarts: int) -> Row:
    try:
        memory = sum(_memory(member) for member in _family(process, name)) if process else 0
        uptime = time.time() - process.create_time() if process else None
    except psutil.NoSuchProcess:
        memory, uptime = 0, None
    return Row(
        name=name,
        pid=process.pid if process else None,
        port=port,
        health=condition,
        uptime_seconds=uptime,
        memory_bytes=memory or None,
        restarts=restarts,
    )


def _family(process: psutil.Process, name: str) -> list[psutil.Process]:
    """Return the process with its helpers; the supervisor's children are components of their own."""
    return [process] if name == "supervisor" else [process, *process.children(recursive=True)]


def _memory(process: psutil.Process) -> int:
    """Return memory that is this process's alone where we may know it: PostgreSQL's share theirs."""
    try:
        return int(process.memory_full_info().uss)
    except psutil.AccessDenied:
        return int(process.memory_info().rss)
    except psutil.NoSuchProcess:
        return 0
