"""`python -m benchmarks`: measures, prints, and writes RESULTS.md, results.json and pictures after each part."""

import time
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from benchmarks import machine, results
from benchmarks.child import quietly
from benchmarks.finding import Finding
from benchmarks.parts import MEASUREMENTS, Part
from benchmarks.results import Measured
from benchmarks.setting import Setting
from kaozheng.launcher.settings import LauncherSettings
from shared.clock import SystemClock

#: The widest table; where lines are shorter, they wrap.
_WIDTH = 150
#: `--quick`: does everything run? Its figures mean little.
_QUICK = {"repeats": 1, "scale": 0.1, "candidates": 200, "growth": (200, 400)}

Parts = Annotated[list[Part] | None, typer.Argument(help="测什么，默认全部。 What to measure; everything by default.")]
Repeats = Annotated[int, typer.Option(min=1, help="每项重复次数。 How often each contestant runs.")]
Scale = Annotated[float, typer.Option(min=0.01, help="事件数的倍数。 Multiplies the numbers of events.")]
Candidates = Annotated[int, typer.Option(min=20, help="整个流程的考生人数。 Candidates of the whole lives.")]
Growth = Annotated[
    str,
    typer.Option(help="增长测量的考生人数，逗号分隔。 Numbers of candidates for growth, as in 10000,100000,1000000."),
]
Quick = Annotated[bool, typer.Option("--quick", help="试跑：一次、少量。 A trial: once, with little.")]
Out = Annotated[Path | None, typer.Option(help="结果写到哪个文件夹。 Folder that the results go to.")]


def main(  # noqa: PLR0913  # one argument for each option
    parts: Parts = None,
    *,
    repeats: Repeats = 5,
    scale: Scale = 1.0,
    candidates: Candidates = 2000,
    growth: Growth = "1000,4000",
    quick: Quick = False,
    out: Out = None,
) -> None:
    """测量消息链路、接口和整个流程。 Measure the messaging layer, the interfaces and whole lives."""
    quietly()
    console = Console(width=max(Console().width, _WIDTH))
    wanted = [part for part in Part if part in (parts or list(Part))]
    columns = (TextColumn("[bold]{task.description:14}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, TextColumn("{task.fields[now]}"), console=console) as progress:
        task = progress.add_task("", total=len(wanted), now="")
        setting = Setting(
            repeats=repeats,
            scale=scale,
            candidates=candidates,
            growth=tuple(int(number) for number in growth.split(",")),
            tell=lambda now: progress.update(task, now=now),
        )
        folder = out or results.FOLDER
        if quick:
            setting = setting.changed(**_QUICK)
            folder = out or LauncherSettings().state_dir / "bench-quick"
        failed = []
        for part in wanted:
            progress.update(task, description=part.value, now="")
            failed += [] if _measure(part, setting, console, folder) else [part.value]
            progress.advance(task)
    console.print(f"{folder / 'RESULTS.md'}")
    if failed:
        console.print(f"没有测成 not measured: {', '.join(failed)}")
        raise typer.Exit(1)


def _measure(part: Part, setting: Setting, console: Console, folder: Path) -> bool:
    """Measure one part and write down all that is known so far; tell whether it went to its end."""
    measurement, started = MEASUREMENTS[part], time.perf_counter()
    about, findings, whole = machine.describe(results.FOLDER), [], True
    try:
        for finding in measurement.run(setting):
            finding.show(console)
            findings.append(finding)
    except Exception as error:  # noqa: BLE001  # whatever it was, the other parts go on and it is told
        findings.append(Finding.of_failure(error))
        findings[-1].show(console)
        whole = False
    known = results.read(folder)
    known[part] = Measured(
        title=measurement.title,
        moment=SystemClock().now().isoformat(timespec="minutes"),
        machine=about,
        settings=setting.told(),
        seconds=time.perf_counter() - started,
        findings=findings,
    )
    results.write(folder, {name: known[name] for name in Part if name in known})
    return whole


if __name__ == "__main__":
    typer.run(main)
