"""The stage of a fault test: a database, a broker, and the processes that run on them."""

import multiprocessing
import os
import signal
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from typing import Any

from tests.brokers import OwnBroker, Running
from tests.faults import process, tiny

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

    def restart_broker(self) -> None:
        """Kill the broker and start it again; all but BROKER=apache come back empty."""
        self.broker_process.kill()
        self.broker_process.wait()
        self.broker_process = self.broker.start()

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
        whole["output"] = str(self.broker.log.with_name(f"{spec['role']}-{len(self.processes)}.log"))
        child = _FORKS.Process(target=process.run, args=(whole,), daemon=True)
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
    """Send a signal."""
    assert child.pid is not None
    os.kill(child.pid, number)
