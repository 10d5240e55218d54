"""Whole lives of one exam plan beside those of several at once, which do not wait for each other's stages.

Within a plan stages follow one another (nobody is seated before entry closes), and at each end somebody waits. A body
that examines all year has many plans open: one plan's pause is another's work, and the cores are what limits.
"""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass

from benchmarks.contest import Tell
from benchmarks.finding import Finding
from benchmarks.lives import BEFORE, LIFE, Stage
from benchmarks.setting import Setting
from benchmarks.stack import Stack, demo, stack
from benchmarks.stopwatch import Figures, Stopwatch
from kaozheng.demo.stage import Demo

_PLANS = (1, 4)


@dataclass(frozen=True)
class _Run:
    plans: int
    figures: Figures

    @property
    def cpu(self) -> float:
        return sum(self.figures.cpu.values())

    def row(self) -> list[str]:
        """Return plans, seconds, rate, CPU per life and how many cores were busy."""
        figures = self.figures
        each = 1e3 * self.cpu / figures.events
        cores = self.cpu / figures.seconds
        return [f"{self.plans}", f"{figures.seconds:.1f}", f"{figures.rate:,.0f}", f"{each:.2f}", f"{cores:.2f}"]


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table: the same candidates in one plan and in several."""
    runs = [_run(plans, setting.candidates, setting.tell) for plans in _PLANS]
    yield Finding(
        title=f"并行考期 {setting.candidates:,} candidates in one plan, and in several at once",
        headings=("考期 plans", "秒 s", "人/秒 per s", "CPU ms/人 per life", "忙核 busy cores"),
        rows=[run.row() for run in runs],
        notes=(f"{runs[-1].figures.rate:,.0f} whole lives per second, review to certificates; goal 1,000 on 2 cores.",),
        data={str(run.plans): {"lives_per_second": run.figures.rate, "cpu_seconds": run.cpu} for run in runs},
    )


def _run(plans: int, candidates: int, tell: Tell) -> _Run:
    tell(f"{candidates:,} in {plans} plans")
    with ExitStack() as held:
        running = held.enter_context(stack(tell))
        jobs = [held.enter_context(demo(running, candidates // plans, seed)) for seed in range(1, plans + 1)]
        return _Run(plans, asyncio.run(_together(running, jobs)))


async def _together(running: Stack, jobs: list[Demo]) -> Figures:
    try:
        await asyncio.gather(*(_through(BEFORE, job) for job in jobs))
        watch = Stopwatch(running.pids)
        await asyncio.gather(*(_through(LIFE, job) for job in jobs))
        return watch.stop(sum(job.tally.admitted for job in jobs))
    finally:
        for job in jobs:
            await job.close()


async def _through(stages: tuple[Stage, ...], job: Demo) -> None:
    for stage in stages:
        await stage(job)
