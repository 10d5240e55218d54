"""Runs all stages in order and tells whether every sum holds."""

import time
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from kaozheng.demo import apply, certify, grade, report, sit
from kaozheng.demo.stage import Demo, Stack

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


async def run(stack: Stack, *, candidates: int, seed: int, folder: Path, console: Console) -> list[str]:
    """Run the main job; return the broken promises (none, if all is well)."""
    columns = (TextColumn("{task.description:38}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console) as progress:
        demo = Demo(candidates=candidates, seed=seed, stack=stack, folder=folder, progress=progress)
        started = time.perf_counter()
        try:
            for one in STAGES:
                await one(demo)
        finally:
            await demo.close()
        seconds = time.perf_counter() - started
    return report.show(demo, console, seconds)
