"""Commands that show and move the one clock of the embedded stack."""

import re
from datetime import datetime, timedelta, timezone
from typing import Annotated

import typer

from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State
from shared.clock import BeforeTheMachine, MovableClock

app = typer.Typer(
    help="开发与演练用的时钟：所有服务和数据库同时移动。 The clock that all services and databases follow, for trying.",
    no_args_is_help=True,
)

#: People here mean China time (no summer time since 1991).
_CHINA = timezone(timedelta(hours=8))
_UNITS = {"d": timedelta(days=1), "h": timedelta(hours=1), "m": timedelta(minutes=1), "s": timedelta(seconds=1)}
_STEPS = re.compile(r"(?:\d+[dhms])+")

Moment = Annotated[
    str, typer.Argument(help="如 2026-12-05T09:00，未写时区即北京时间。 As in 2026-12-05T09:00; China time by default.")
]
By = Annotated[str, typer.Argument(help="如 3d、2h30m。 As in 3d or 2h30m.")]


class NoMoment(EmbeddedError):
    """What was written is no time, or no length of time."""

    def __init__(self, written: str, example: str) -> None:
        """Quote it and show how it is written."""
        super().__init__(f"看不懂“{written}”，请写成 {example}。\nCannot read '{written}'; write it like {example}.")


class OnlyAhead(EmbeddedError):
    """The clock cannot be behind the machine's."""

    def __init__(self) -> None:
        """Say how to go back."""
        super().__init__(
            "时钟不能早于本机时间；要回到本机时间：kaozheng clock reset。\n"
            "The clock cannot be behind the machine's; to go back to that: kaozheng clock reset."
        )


class NotMovable(EmbeddedError):
    """The services run as in production."""

    def __init__(self) -> None:
        """Say why."""
        super().__init__("生产环境的时钟不能移动。\nThe clock of production cannot be moved.")


@app.command()
def show() -> None:
    """显示时钟。 Show the clock."""
    _tell(State(LauncherSettings().state_dir).clock)


@app.command("set")
def set_(moment: Moment) -> None:
    """拨到某一时刻。 Set it to a moment."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError as error:
        raise NoMoment(moment, "2026-12-05T09:00") from error
    clock = _movable()
    try:
        clock.set(found if found.tzinfo else found.replace(tzinfo=_CHINA))
    except BeforeTheMachine as error:
        raise OnlyAhead from error
    _tell(clock)


@app.command()
def move(by: By) -> None:
    """向前拨。 Move it forward."""
    if not _STEPS.fullmatch(by):
        raise NoMoment(by, "3d, 2h30m")
    clock = _movable()
    clock.move(sum((int(step[:-1]) * _UNITS[step[-1]] for step in re.findall(r"\d+[dhms]", by)), timedelta()))
    _tell(clock)


@app.command()
def reset() -> None:
    """回到本机时间。 Go back to the machine's time."""
    clock = _movable()
    clock.reset()
    _tell(clock)


def _movable() -> MovableClock:
    settings = LauncherSettings()
    if settings.environment == "production":
        raise NotMovable
    state = State(settings.state_dir)
    state.prepare()
    return state.clock


def _tell(clock: MovableClock) -> None:
    ahead = clock.ahead()
    now = clock.now().astimezone(_CHINA)
    moved = f"比本机快 ahead of the machine: {ahead}" if ahead else "即本机时间 the machine's time"
    typer.echo(f"{now.isoformat(timespec='seconds')}  {moved}")
