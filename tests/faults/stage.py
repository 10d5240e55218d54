"""The stage of a fault test: a database, a broker, and the processes that run on them."""

import asyncio
import multiprocessing
import os
import signal
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.context import ForkServerProcess
from typing import Any

import psutil

from tests.faults import process, tiny
from tests.worlds.brokers import OwnBroker, Running
from tests.worlds.waiting import PATIENCE, until

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

    async def said(self, child: ForkServerProcess, words: str) -> None:
        """Wait until a process has written these words: `ready` when it heeds signals, or a line of its log."""
        log = self.broker.log.with_name(f"{child.name}.log")
        await until(
            f"{child.name} says {words!r}",
            lambda: log.read_text(errors="replace") if log.exists() else "",
            lambda written: words in written,
        )

    async def has_all_partitions(self, child: ForkServerProcess) -> None:
        """Wait until a consumer has the partitions of all others."""
        await self.said(child, f"count={tiny.PARTITIONS}")

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


async def status(child: ForkServerProcess) -> int | None:
    """Wait for the end of a process and return its status; a negative one is the signal that ended it."""
    await asyncio.to_thread(child.join, PATIENCE)
    return child.exitcode


async def stopped(child: ForkServerProcess) -> int | None:
    """Ask a process to stop and return its status."""
    send(child, signal.SIGTERM)
    return await status(child)


async def frozen(child: ForkServerProcess) -> None:
    """Wait until a process stands still."""
    process = psutil.Process(child.pid)
    await until(f"{child.name} stands still", process.status, lambda seen: seen == psutil.STATUS_STOPPED)


def send(child: ForkServerProcess, number: signal.Signals) -> None:
    """Send a signal; nothing happens if the process has ended meanwhile."""
    assert child.pid is not None
    with suppress(ProcessLookupError):
        os.kill(child.pid, number)
