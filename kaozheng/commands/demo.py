"""The command that shows the main job on a stack of its own."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from kaozheng.launcher.session import session
from kaozheng.launcher.settings import LauncherSettings

Candidates = Annotated[int, typer.Option(min=20, help="考生人数。 How many candidates.")]
Seed = Annotated[int, typer.Option(help="随机种子。 Seed of all that is random.")]


def demo(*, candidates: Candidates = 500, seed: Seed = 1) -> None:
    """在临时环境中跑完整个主流程并核对数字。 Run the main job on a stack of its own, check every sum."""
    from kaozheng.demo.run import run

    console = Console()
    settings = LauncherSettings()
    folder = settings.state_dir / "demo-output"
    folder.mkdir(parents=True, exist_ok=True)
    stack_settings = settings.model_copy(update={"state_dir": settings.state_dir / "demo"})
    with session(stack_settings, console.print) as stack:
        broken = asyncio.run(run(stack, candidates=candidates, seed=seed, folder=folder, console=console))
    for promise in broken:
        console.print(f"[red]{promise}[/]")
    if broken:
        raise typer.Exit(1)
