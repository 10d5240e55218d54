"""The stage of a fault test: a database, a broker, and the processes that run on them."""

import asyncio
import multiprocessing
import os
import signal
import time
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from typing import Any

from tests.faults import process, tiny
from tests.worlds.brokers import OwnBroker, Running

#: Children are forked from a process that has everything imported and nothing running.
_FORKS = multiprocessing.get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.faults.process"])


@dataclass
class Stage:
    """Starts relays and consumers as processes, and ends them all afterwards."""

    dsn: str
    broker: OwnBroker
    broker_process: Running
    processes: list[ForkServerProcess] = field(default_factory=list)

    def relay(self, **spec: Any) -> ForkServerProcess:
        """Start a relay."""
        return self._start(spec | {"role": "relay"})

    def consumer(self, **spec: Any) -> ForkServerProcess:
        """Start a consumer."""
        return self._start(spec | {"role": "consumer"})

    def publisher(self, **spec: Any) -> ForkServerProcess:
        """Start a process that publishes and ends."""
        return self._start(spec | {"role": "publisher"})

    def worker(self, **spec: Any) -> ForkServerProcess:
        """Start relay and consumer in one process, as a service's worker has them."""
        return self._start(spec | {"role": "worker"})

    def restart_broker(self) -> None:
        """Kill the broker and start it again; all but BROKER=apache come back empty."""
        self.broker_process.kill()
        self.broker_process.wait()
        self.broker_process = self.broker.start()

    async def said(self, child: ForkServerProcess, words: str, *, seconds: float = 30) -> None:
        """Wait until a process has written these words: `ready` when it heeds signals, or a line of its log."""
        until = time.monotonic() + seconds
        log = self.broker.log.with_name(f"{child.name}.log")
        while not log.exists() or words not in log.read_text(errors="replace"):
            assert time.monotonic() < until, f"{child.name} never said {words}"
            await asyncio.sleep(0.01)

    def close(self) -> None:
        """Kill what still runs."""
        for child in self.processes:
            child.kill()
            child.join()
        self.broker_process.kill()
        self.broker_process.wait()

    def _start(self, spec: dict[str, Any]) -> ForkServerProcess:
        whole = {"dsn": self.dsn, "servers": self.broker.bootstrap_servers} | spec
        whole["options"] = tiny.QUICK | spec.get("options", {})
        name = f"{spec['role']}-{len(self.processes)}"
        whole["output"] = str(self.broker.log.with_name(f"{name}.log"))
        child = _FORKS.Process(target=process.run, args=(whole,), daemon=True, name=name)
        child.start()
        self.processes.append(child)
        return child


def status(child: ForkServerProcess, *, seconds: float = 30) -> int | None:
    """Wait for the end of a process and return its status; a negative one is the signal that ended it."""
    child.join(seconds)
    return child.exitcode


def stopped(child: ForkServerProcess) -> int | None:
    """Ask a process to stop and return its status."""
    send(child, signal.SIGTERM)
    return status(child)


def send(child: ForkServerProcess, number: signal.Signals) -> None:
    """Send a signal; nothing happens if the process has ended meanwhile."""
    assert child.pid is not None
    with suppress(ProcessLookupError):
        os.kill(child.pid, number)
