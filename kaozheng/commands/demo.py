"""The command that shows the main job on a stack of its own."""

import asyncio
from typing import Annotated

import typer
from rich.console import Console

from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.session import demo_settings, session
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

Candidates = Annotated[int, typer.Option(min=20, help="考生人数。 How many candidates.")]
Seed = Annotated[int, typer.Option(help="随机种子。 Seed of all that is random.")]
Patience = Annotated[
    float,
    typer.Option(min=0, help="服务无应答时重试多少秒。 Seconds for which a call without an answer is repeated."),
]


def demo(*, candidates: Candidates = 500, seed: Seed = 1, patience: Patience = 60) -> None:
    """在临时环境中跑完整个主流程并核对数字。 Run the main job on a stack of its own, check every sum."""
    from kaozheng.demo.run import run
    from kaozheng.demo.waiting import DemoFailed

    console = Console()
    settings = LauncherSettings()
    State(settings.state_dir).prepare()
    folder = settings.state_dir / "demo-output"
    folder.mkdir(exist_ok=True)
    stack_settings = demo_settings(settings)
    try:
        with session(stack_settings, console.print) as stack:
            broken = asyncio.run(
                run(stack, candidates=candidates, seed=seed, folder=folder, console=console, patience=patience)
            )
    except DemoFailed as failure:
        logs = stack_settings.state_dir / "logs"
        raise EmbeddedError(f"演示未完成 The demo did not come through: {failure}\n日志 logs: {logs}") from failure
    for promise in broken:
        console.print(f"[red]{promise}[/]")
    if broken:
        raise typer.Exit(1)
