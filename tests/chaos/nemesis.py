"""Strikes the running system according to a schedule, and heals what it has done."""

import asyncio
import time
from collections.abc import Callable, Coroutine, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import asyncpg
import psutil

from tests.chaos.schedule import ON_NODES, Fault, Kind
from tests.e2e.job import Job

_AGAIN = "UPDATE outbox_cursor SET prev = '1:1:', win = NULL, seq = 0"
_BACK_SECONDS = 120.0


@dataclass
class Nemesis:
    """Performs faults one after the other; frozen processes thaw on time while others are struck."""

    job: Job
    tell: Callable[[str], None]
    done: list[Fault] = field(default_factory=list)
    _thawing: set[asyncio.Task[None]] = field(default_factory=set)

    async def rage(self, faults: Iterator[Fault], stop: asyncio.Event) -> None:
        """Strike until told to stop; then wait until everything that was struck runs again."""
        for fault in faults:
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), fault.after)
            if stop.is_set():
                break
            self.tell(str(fault))
            await self._strike(fault)
            self.done.append(fault)
        await asyncio.gather(*self._thawing)
        await self._everything_runs()

    async def _strike(self, fault: Fault) -> None:
        if fault.kind in ON_NODES:
            await asyncio.gather(*self._thawing)
            await self._everything_runs()  # two of three nodes must stay: more is another promise
        match fault.kind:
            case Kind.KILL_WORKER | Kind.KILL_NODE:
                self._process(fault, lambda process: process.kill())
            case Kind.STOP_WORKER | Kind.STOP_NODE:
                self._process(fault, lambda process: process.terminate())
            case Kind.FREEZE_WORKER | Kind.FREEZE_NODE:
                self._process(fault, lambda process: self._freeze(process, fault.seconds))
            case Kind.CUT_DATABASE:
                await self._cut(fault)
            case Kind.PUBLISH_AGAIN:
                await self.job.rows(fault.target, _AGAIN)
            case Kind.HOLD_TRANSACTION:
                self._later(self._hold(fault))

    def _process(self, fault: Fault, strike: Callable[[psutil.Process], None]) -> None:
        """Strike a process; one that is just being restarted is spared."""
        name = fault.target if fault.kind in ON_NODES else f"{fault.target}-worker"
        identity = self.job.record().processes.get(name)
        process = identity.process() if identity else None
        with suppress(psutil.NoSuchProcess):
            if process:
                strike(process)

    def _freeze(self, process: psutil.Process, seconds: float) -> None:
        process.suspend()

        async def thaw() -> None:
            await asyncio.sleep(seconds)
            with suppress(psutil.NoSuchProcess):
                process.resume()

        self._later(thaw())

    def _later(self, healing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.ensure_future(healing)
        self._thawing.add(task)
        task.add_done_callback(self._thawing.discard)

    async def _cut(self, fault: Fault) -> None:
        """End the database sessions of a worker, found by the ports of its own side."""
        ports: list[int] = []
        self._process(fault, lambda process: ports.extend(each.laddr.port for each in process.net_connections("tcp")))
        await self.job.cut(fault.target, ports)

    async def _hold(self, fault: Fault) -> None:
        """Keep a transaction open that has an id: what comes after it must not wait for it, nor be lost."""
        with suppress(asyncpg.PostgresError, OSError):
            connection = await self.job.connect(fault.target)
            try:
                async with connection.transaction():
                    await connection.execute("SELECT pg_current_xact_id()")
                    await asyncio.sleep(fault.seconds)
            finally:
                await connection.close()

    async def _everything_runs(self) -> None:
        deadline = time.monotonic() + _BACK_SECONDS
        while missing := self.job.unwell():
            if time.monotonic() > deadline:
                raise AssertionError(f"did not come back: {missing}")
            await asyncio.sleep(0.3)
