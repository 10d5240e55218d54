"""Whole lives: the demo's main job on a stack of its own, stage by stage, with what every process spent on it."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import psutil

from benchmarks.contest import Tell
from benchmarks.finding import Finding
from benchmarks.setting import Setting
from benchmarks.stack import PROCESSES, Stack, demo, stack
from benchmarks.stopwatch import Figures, Stopwatch
from kaozheng.demo import apply, certify, grade, sit
from kaozheng.demo.stage import Demo

Stage = Callable[[Demo], Awaitable[None]]

#: From admission to certificates; what comes before and after is not the life of one who was admitted.
_BEFORE: tuple[Stage, ...] = (apply.open_plan, apply.send_batch)
_LIFE: tuple[Stage, ...] = (apply.review, sit.arrange, sit.sit, grade.mark, grade.release, certify.issue)
_MIB = 2**20


@dataclass(frozen=True)
class Taken:
    """What one stage took."""

    name: str
    figures: Figures
    parts: dict[str, float]
    is_life: bool


@dataclass(frozen=True, kw_only=True)
class Lives:
    """What so many lives took."""

    candidates: int
    admitted: int
    certificates: int
    taken: Sequence[Taken]
    peaks: Mapping[str, int]
    #: From admission to certificates: SQL statements by service, bytes of WAL of all databases.
    statements: Mapping[str, int]
    wal: int

    @property
    def life(self) -> Figures:
        """Return what review to certificates took."""
        stages = [one.figures for one in self.taken if one.is_life]
        cpu = {name: sum(one.cpu[name] for one in stages) for name in PROCESSES}
        return Figures(self.admitted, sum(one.seconds for one in stages), cpu)


def live(candidates: int, tell: Tell, *, counted: bool = False) -> Lives:
    """Let so many candidates live on a fresh stack; `counted` with their SQL statements, which takes time."""
    with stack(tell) as running, demo(running, candidates) as job:
        return asyncio.run(_live(running, job, tell, counted=counted))


async def _live(running: Stack, job: Demo, tell: Tell, *, counted: bool) -> Lives:
    taken, offset, wal = [], 0, 0
    try:
        for one in _BEFORE + _LIFE:
            if one is _LIFE[0]:
                if counted:
                    await running.log_statements()
                offset, wal = running.log.stat().st_size, await running.wal()
            taken.append(await _stage(running, job, one, tell))
        return Lives(
            candidates=job.candidates,
            admitted=job.tally.admitted,
            certificates=job.tally.certificates,
            taken=taken,
            peaks=running.peaks(),
            statements=Counter(running.statements(offset)),
            wal=await running.wal() - wal,
        )
    finally:
        await job.close()


async def _stage(running: Stack, job: Demo, one: Stage, tell: Tell) -> Taken:
    name = f"{one.__module__.rpartition('.')[2]}.{one.__name__}"
    tell(f"{job.candidates:,}: {name}")
    before, watch = set(job.seconds), Stopwatch(running.pids)
    await one(job)
    parts = {part: job.seconds[part] for part in job.seconds.keys() - before}
    return Taken(name, watch.stop(job.candidates), parts, one in _LIFE)


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield where the time went, stage by stage, and what one life costs, process by process."""
    lives = live(setting.candidates, setting.tell)
    yield _stages(lives)
    counted = live(setting.candidates, setting.tell, counted=True)
    lives = replace(lives, statements=counted.statements)
    yield _costs(lives)


def _stages(lives: Lives) -> Finding:
    life, cores = lives.life, psutil.cpu_count() or 1
    busy = sum(life.cpu.values())
    most = ", ".join(f"{name} {spent:.1f} s" for name, spent in sorted(life.cpu.items(), key=lambda one: -one[1])[:4])
    parts = "; ".join(f"{part} {spent:.1f} s" for one in lives.taken for part, spent in one.parts.items())
    return Finding(
        title=f"一生 Whole lives: {lives.candidates:,} candidates, everything here; CPU seconds by process",
        headings=("环节 stage", "秒 s", "人/秒 per s", *PROCESSES),
        rows=[*(_row(one.name, one.figures) for one in lives.taken), _row("review … certificates", life)],
        notes=(
            (
                f"{life.rate:,.0f} whole lives per second from review to certificates ({lives.admitted:,} admitted, "
                f"{lives.certificates:,} certificates); goal 1,000 on 2 cores."
            ),
            f"CPU {busy:.1f} s in {life.seconds:.1f} s, {1e3 * busy / lives.admitted:.1f} ms per life. Most: {most}.",
            f"With nothing else on them {cores} cores could carry {cores * lives.admitted / busy:,.0f} lives/s.",
            f"Parts: {parts}.",
        ),
        data={"lives_per_second": life.rate, "cpu_seconds": dict(life.cpu), "seconds": life.seconds},
    )


def _costs(lives: Lives) -> Finding:
    life = lives.life
    rows = [
        [
            name,
            f"{1e3 * life.cpu[name] / lives.admitted:.2f}",
            f"{lives.statements[name] / lives.admitted:.2f}" if name in lives.statements else "",
            f"{lives.peaks[name] / _MIB:,.0f}",
        ]
        for name in PROCESSES
    ]
    total, every = sum(life.cpu.values()), sum(lives.statements.values())
    rows.append(["合计 all", f"{1e3 * total / lives.admitted:.2f}", f"{every / lives.admitted:.2f}", ""])
    return Finding(
        title="每人花费 What one life costs, from review to certificate",
        headings=("进程 process", "CPU ms", "SQL statements", "峰值 peak RSS MiB"),
        rows=rows,
        notes=(
            f"WAL: {lives.wal / lives.admitted:,.0f} B per life, all databases together.",
            (
                "语句另跑一轮来数；轮询、BEGIN、COMMIT 都算。 Statements are counted in a run of its own, in which the "
                "server logs all of them; polling, BEGIN and COMMIT count too."
            ),
        ),
        data={
            "statements": dict(lives.statements),
            "wal_bytes": lives.wal,
            "peak_bytes": dict(lives.peaks),
            "admitted": lives.admitted,
        },
    )


def _row(name: str, figures: Figures) -> list[str]:
    spent = (f"{figures.cpu[one]:.1f}" for one in PROCESSES)
    return [name, f"{figures.seconds:.1f}", f"{figures.rate:,.0f}", *spent]
