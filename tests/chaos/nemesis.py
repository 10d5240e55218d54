"""Strikes the running system according to a schedule, and heals what it has done."""

import time
from collections.abc import Iterator
from dataclasses import dataclass, field

from tests.chaos import bounces, databases, lines, processes
from tests.chaos.ground import TROUBLE, Ground
from tests.chaos.schedule import ON_NODES, Fault

STRIKES = processes.STRIKES | lines.STRIKES | databases.STRIKES | bounces.STRIKES


@dataclass
class Nemesis:
    """Performs faults one after the other; what was struck heals on time while others are struck."""

    ground: Ground
    done: list[Fault] = field(default_factory=list)
    #: How long everything took to run again after the last fault was healed.
    recovery: float = 0.0

    async def rage(self, faults: Iterator[Fault]) -> None:
        """Strike until all is to be calm; then wait until everything that was struck runs again."""
        await databases.prepare(self.ground)
        for fault in faults:
            await self.ground.pause(fault.after)
            if self.ground.calm.is_set():
                break
            self.ground.tell(str(fault))
            await self._strike(fault)
            self.done.append(fault)
        started = time.monotonic()
        await self.ground.well()
        self.recovery = time.monotonic() - started

    async def _strike(self, fault: Fault) -> None:
        if fault.kind in ON_NODES:
            await self.ground.well()  # two of three nodes must stay: more is another promise
        try:
            await STRIKES[fault.kind](self.ground, fault)
        except TROUBLE as trouble:
            self.ground.tell(f"   spared: {type(trouble).__name__}")
