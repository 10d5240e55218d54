"""TCP ports on loopback: which are free, who holds the others."""

import contextlib
import socket
import time
from collections.abc import Callable

import psutil

LOOPBACK = "127.0.0.1"


def free_port() -> int:
    """Return a port that was free a moment ago."""
    with socket.socket() as probe:
        probe.bind((LOOPBACK, 0))
        return int(probe.getsockname()[1])


def is_free(port: int) -> bool:
    """Say whether the port can be bound now; connections that are only waiting to end do not count."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((LOOPBACK, port))
        except OSError:
            return False
        return True


def answers(port: int) -> bool:
    """Say whether something accepts connections on the port."""
    with contextlib.suppress(OSError), socket.create_connection((LOOPBACK, port), timeout=1):
        return True
    return False


def wait_until(condition: Callable[[], bool], alive: psutil.Process, *, seconds: float) -> bool:
    """Wait until the condition holds; False if the process ends first or the time is over."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline or not is_running(alive):
            return False
        time.sleep(0.05)
    return True


def is_running(process: psutil.Process) -> bool:
    """Say whether the process runs: not ended, not a zombie, not another one with the same pid."""
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def holder(port: int) -> str | None:
    """Return `name (pid 123)` of the process that listens on the port, as far as we are allowed to know."""
    try:
        connections = psutil.net_connections(kind="tcp")
    except psutil.AccessDenied:
        return None
    for connection in connections:
        listens = connection.status == psutil.CONN_LISTEN and connection.laddr and connection.laddr.port == port
        if listens and connection.pid:
            with contextlib.suppress(psutil.Error):
                return f"{psutil.Process(connection.pid).name()} (pid {connection.pid})"
    return None
