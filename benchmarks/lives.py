"""Whole lives: the demo's main job on a stack of its own, stage by stage, with the CPU seconds of every process."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass

import psutil
from rich.console import Console
from rich.progress import Progress

from benchmarks.finding import Finding
from benchmarks.stopwatch import Figures, Stopwatch
from kaozheng.demo import apply, certify, grade, sit
from kaozheng.demo.stage import Demo
from kaozheng.launcher.session import session
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

Stage = Callable[[Demo], Awaitable[None]]

#: From admission to certificates; what comes before and after is not the life of one who was admitted.
_BEFORE: tuple[Stage, ...] = (apply.open_plan, apply.send_batch)
_LIFE: tuple[Stage, ...] = (apply.review, sit.arrange, sit.sit, grade.mark, grade.release, certify.issue)
_NAMES = ("registration", "exam", "grading", "certificate", "operations", "postgres", "broker", "driver")


@dataclass(frozen=True)
class Taken:
    """What one stage took."""

    name: str
    figures: Figures
    parts: dict[str, float]


def measure(candidates: int, tell: Callable[[str], None]) -> Finding:
    """Run the stages once and tell where the time and the CPU went."""
    settings = LauncherSettings()
    settings = settings.model_copy(update={"state_dir": settings.state_dir / "bench"})
    state = State(settings.state_dir)
    with session(settings, tell) as stack, Progress(console=Console(quiet=True), disable=True) as progress:
        demo = Demo(candidates=candidates, seed=1, stack=stack, folder=settings.state_dir, progress=progress)
        watched = {name: identity.pid for name, identity in state.read().processes.items()}
        taken = asyncio.run(_run(demo, watched | {"driver": psutil.Process().pid}, tell))
    return _finding(demo, taken)


async def _run(demo: Demo, watched: dict[str, int], tell: Callable[[str], None]) -> list[Taken]:
    taken = []
    try:
        for stage in _BEFORE + _LIFE:
            before = set(demo.seconds)
            watch = Stopwatch(watched)
            await stage(demo)
            figures = watch.stop(demo.candidates)
            name = f"{stage.__module__.rpartition('.')[2]}.{stage.__name__}"
            tell(f"  {name}: {figures.seconds:.1f} s")
            taken.append(Taken(name, figures, {part: demo.seconds[part] for part in demo.seconds.keys() - before}))
    finally:
        await demo.close()
    return taken


def _finding(demo: Demo, taken: list[Taken]) -> Finding:
    names = {f"{stage.__module__.rpartition('.')[2]}.{stage.__name__}" for stage in _LIFE}
    life = [one.figures for one in taken if one.name in names]
    seconds = sum(one.seconds for one in life)
    cpu = {name: sum(one.cpu[name] for one in life) for name in _NAMES}
    rows = [_row(one.name, one.figures) for one in taken]
    rows.append(_row("review … certificates", Figures(demo.tally.admitted, seconds, cpu)))
    busy, cores, admitted = sum(cpu.values()), psutil.cpu_count() or 1, demo.tally.admitted
    most = ", ".join(f"{name} {spent:.1f} s" for name, spent in sorted(cpu.items(), key=lambda item: -item[1])[:4])
    parts = "; ".join(f"{part} {spent:.1f} s" for one in taken for part, spent in one.parts.items())
    return Finding(
        title=f"一生 Whole lives: {demo.candidates:,} candidates, everything here; CPU seconds by process",
        headings=("环节 stage", "秒 s", "人/秒 per s", *_NAMES),
        rows=rows,
        notes=(
            (
                f"{admitted / seconds:,.0f} whole lives per second from review to certificates ({admitted:,} admitted, "
                f"{demo.tally.certificates:,} certificates); goal 1,000 on 2 cores."
            ),
            f"CPU {busy:.1f} s in {seconds:.1f} s, {1e3 * busy / admitted:.1f} ms per life. Most: {most}.",
            f"With nothing else on them, {cores} cores could carry {cores * admitted / busy:,.0f} lives per second.",
            f"Parts: {parts}.",
        ),
    )


def _row(name: str, figures: Figures) -> list[str]:
    return [name, f"{figures.seconds:.1f}", f"{figures.rate:,.0f}", *(f"{figures.cpu[one]:.1f}" for one in _NAMES)]
