"""Runs all stages in order and tells whether every sum holds."""

import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kaozheng.demo import apply, certify, grade, report, sit
from kaozheng.demo.parties import Stack
from kaozheng.demo.party import Patience
from kaozheng.demo.stage import Demo

STAGES = (
    apply.open_plan,
    apply.send_batch,
    apply.review,
    sit.arrange,
    sit.sit,
    grade.mark,
    grade.release,
    certify.issue,
    certify.verify,
    certify.show_one,
    certify.follow,
)


#: Called after each stage with the name of the stage: tests break things here.
After = Callable[[Demo, str], Awaitable[None]]


async def run(
    stack: Stack, *, candidates: int, seed: int, folder: Path, console: Console, patience: float = Patience.seconds
) -> list[str]:
    """Run the main job, print what came of it; return the broken promises (none, if all is well)."""
    columns = (TextColumn("{task.description:38}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        demo = Demo(candidates=candidates, seed=seed, stack=stack, folder=folder, progress=progress)
        demo.patience.seconds = patience
        started = time.perf_counter()
        await play(demo)
        seconds = time.perf_counter() - started
    return report.show(demo, console, seconds)


async def play(demo: Demo, after: After | None = None) -> None:
    """Let all stages happen, one after the other."""
    try:
        for one in STAGES:
            await one(demo)
            if after:
                await after(demo, one.__name__)
    finally:
        await demo.close()
