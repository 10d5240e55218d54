"""The command that shows logs."""

import time
from collections import deque
from pathlib import Path
from typing import Annotated, TextIO

import typer

from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State

_LOOK_SECONDS = 0.3

Name = Annotated[str | None, typer.Argument(help="组件名，省略则全部。 A component; all if left out.")]
Follow = Annotated[bool, typer.Option("--follow", "-f", help="持续显示。 Go on showing.")]
Lines = Annotated[int, typer.Option("--lines", "-n", help="先显示最后几行。 How many last lines first.")]


def logs(name: Name = None, *, follow: Follow = False, lines: Lines = 20) -> None:
    """显示日志。 Show logs."""
    state = State(LauncherSettings().state_dir)
    known = sorted(state.logs.glob("*.log"))
    chosen = [path for path in known if name in (None, path.stem)]
    if not chosen:
        names = ", ".join(path.stem for path in known) or "-"
        raise EmbeddedError(f"没有日志 {name or ''}，现有 no such log, there are: {names}")
    width = max(len(path.stem) for path in chosen)
    open_files = [(path.stem.ljust(width), path.open(errors="replace")) for path in chosen]
    for label, file in open_files:
        _show(label, list(deque(file, maxlen=lines)))
    while follow:
        time.sleep(_LOOK_SECONDS)
        for (label, file), path in zip(open_files, chosen, strict=True):
            _show(label, _news(file, path))


def _news(file: TextIO, path: Path) -> list[str]:
    if path.stat().st_size < file.tell():
        file.seek(0)  # the log was begun anew
    return file.readlines()


def _show(label: str, lines: list[str]) -> None:
    for line in lines:
        typer.echo(f"{label} | {line.rstrip()}")
