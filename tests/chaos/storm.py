"""One run: the main job on Apache Kafka while the nemesis rages, then everything is counted."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from kaozheng.launcher.settings import LauncherSettings
from tests.chaos import checker
from tests.chaos.nemesis import Nemesis
from tests.chaos.schedule import Fault, schedule
from tests.e2e.job import EVENT_SERVICES, Job

_SETTLE_SECONDS = 180.0


@dataclass(frozen=True)
class Outcome:
    """What was struck, and every promise that did not hold."""

    faults: list[Fault]
    broken: list[str]


async def storm(job: Job, *, seed: int, candidates: int, tell: Callable[[str], None]) -> Outcome:
    """Let the main job run through the faults of this seed; raise only if the system did not come back."""
    nodes = [name for name in LauncherSettings().broker_nodes if name.startswith("kafka-")]
    nemesis = Nemesis(job, tell)
    calm = asyncio.Event()
    raging = asyncio.ensure_future(nemesis.rage(schedule(seed, EVENT_SERVICES, nodes), calm))
    try:
        demo = await job.play(candidates, seed, after=lambda _, stage: _told(tell, stage))
    finally:
        calm.set()
        await raging
    broken = [*demo.tally.broken(), *demo.facts.get("faults", [])]
    return Outcome(nemesis.done, broken + await _settled(job))


async def _told(tell: Callable[[str], None], stage: str) -> None:
    tell(f"-- {stage}: done")


async def _settled(job: Job) -> list[str]:
    """Return what is still broken when nothing changes any more: republished outboxes take their time."""
    deadline = asyncio.get_running_loop().time() + _SETTLE_SECONDS
    while found := await checker.findings(job):
        if asyncio.get_running_loop().time() > deadline:
            break
        await asyncio.sleep(2)
    return found
