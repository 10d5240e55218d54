"""One run: the main job, again and again, on Apache Kafka while the nemesis rages; then everything is counted."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass
from typing import Any

from kaozheng.demo.stage import Demo
from tests.chaos import checker
from tests.chaos.ground import Ground
from tests.chaos.nemesis import Nemesis
from tests.chaos.proxy import Network
from tests.chaos.schedule import EVERY, Fault, Kind, schedule
from tests.chaos.wiring import kafka_nodes
from tests.e2e.job import EVENT_SERVICES, Job
from tests.worlds.waiting import PATIENCE


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """What was struck, how long it took until all was well again, and every promise that did not hold."""

    faults: list[Fault]
    broken: list[str]
    #: How often the main job was done, and how long that took.
    jobs: int
    seconds: float
    #: After the last fault was healed: until everything ran, and from then until nothing was missing any more.
    recovery: float
    settling: float


@dataclass(frozen=True, kw_only=True)
class Wish:
    """What a storm is to be: its seed, the candidates of each job, its kinds, how many faults, and how long at most."""

    seed: int
    candidates: int
    kinds: Collection[Kind] = EVERY
    least: int = 1
    longest: float = 300.0


async def storm(job: Job, network: Network, wish: Wish, tell: Callable[[str], None]) -> Outcome:
    """Let main jobs run through the faults of this seed; raise only if the system did not come back."""
    ground = Ground(job, network, tell)
    nemesis = Nemesis(ground)
    faults = schedule(wish.seed, EVENT_SERVICES, kafka_nodes(), wish.kinds)
    raging = asyncio.ensure_future(nemesis.rage(faults))
    started, broken, jobs = time.monotonic(), [], 0
    certificates: list[dict[str, Any]] = []
    try:
        while not jobs or (len(nemesis.done) < wish.least and not raging.done() and _since(started) < wish.longest):
            demo = await job.play(wish.candidates, wish.seed + jobs, after=_telling(tell))
            broken += [*demo.tally.broken(), *demo.facts.get("faults", [])]
            certificates += demo.facts["certificates"]
            jobs += 1
    finally:
        seconds = _since(started)
        ground.calm.set()
        await raging
    tell(f"-- everything runs again after {nemesis.recovery:.1f} s")
    settled_from = time.monotonic()
    broken += await _settled(job, certificates, tell)
    return Outcome(
        faults=nemesis.done,
        broken=broken,
        jobs=jobs,
        seconds=seconds,
        recovery=nemesis.recovery,
        settling=_since(settled_from),
    )


def _since(moment: float) -> float:
    return time.monotonic() - moment


def _telling(tell: Callable[[str], None]) -> Callable[[Demo, str], Awaitable[None]]:
    async def told(_: Demo, stage: str) -> None:
        tell(f"-- {stage}: done")

    return told


async def _settled(job: Job, certificates: list[dict[str, Any]], tell: Callable[[str], None]) -> list[str]:
    """Return what is still broken when nothing changes any more: republished outboxes take their time."""
    given_up = time.monotonic() + PATIENCE
    while (found := await checker.findings(job, certificates)) and time.monotonic() < given_up:
        tell(f"-- not yet: {'; '.join(found)}")
        await asyncio.sleep(2)
    return found
