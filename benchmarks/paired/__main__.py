"""`python -m benchmarks.paired BASE OTHER`: measures two commits in pairs, prints tables and writes JSON."""

import json
import signal
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from rich.console import Console

from benchmarks import machine
from benchmarks.contest import Tell
from benchmarks.paired import report
from benchmarks.paired.commit import Commit, NotReady, find, laid_out
from benchmarks.paired.comparison import Comparison, DifferentWork, Pair, turns
from benchmarks.paired.running import RunFailed, run
from kaozheng.launcher.settings import LauncherSettings

#: Fills the caches, compiles the modules, and shows that both commits run at all.
_WARM_UP = 40
_WIDTH = 150

Base = Annotated[str, typer.Argument(help="与哪个提交比较。 The commit to compare with.")]
Other = Annotated[str, typer.Argument(help="比较哪个提交。 The commit to compare.")]
Pairs = Annotated[int, typer.Option(min=1, help="多少对。 How many pairs.")]
Candidates = Annotated[int, typer.Option(min=20, help="每次运行的考生人数。 Candidates of each run.")]
Out = Annotated[Path | None, typer.Option(help="JSON 写到哪里。 Where the JSON goes.")]


def main(
    base: Base = "5add143", other: Other = "HEAD", pairs: Pairs = 5, candidates: Candidates = 8000, out: Out = None
) -> None:
    """两个提交成对轮流跑完整个流程。 Whole lives of two commits, taking turns in pairs."""
    signal.signal(signal.SIGTERM, _stop)
    console = Console(width=max(Console().width, _WIDTH))
    cache = LauncherSettings().state_dir.resolve() / "pairs"
    try:
        sides = {"base": find(base, cache), "other": find(other, cache)}
        comparison = _compare(sides, pairs, candidates, lambda now: console.print(now, highlight=False))
    except (NotReady, RunFailed, DifferentWork) as error:
        console.print(str(error), style="red", markup=False)
        raise typer.Exit(1) from None
    same = sides["base"].sha == sides["other"].sha
    for finding in (
        report.pairs_of(comparison),
        report.overall(comparison, same=same),
        report.processes(comparison),
    ):
        finding.show(console)
    commits = {side: {"sha": commit.sha, "subject": commit.subject} for side, commit in sides.items()}
    told = {"commits": commits, "machine": machine.describe(cache), **report.numbers(comparison)}
    file = out or cache / "report.json"
    file.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", "utf-8")
    console.print(str(file))


def _compare(sides: Mapping[str, Commit], pairs: int, candidates: int, tell: Tell) -> Comparison:
    with ExitStack() as ready:
        for commit in {commit.sha: commit for commit in sides.values()}.values():
            ready.enter_context(laid_out(commit, tell))
        for side, commit in sides.items():
            tell(f"{side}: {commit.sha[:12]} {commit.subject}")
        Comparison([_pair(sides, ("base", "other"), _WARM_UP, tell, "预热 warm-up")])
        found: list[Pair] = []
        for number, order in enumerate(turns(pairs), start=1):
            found.append(_pair(sides, order, candidates, tell, f"{number}/{pairs}"))
            Comparison(found)  # refuses at once what did different work
        return Comparison(found)


def _pair(sides: Mapping[str, Commit], order: Sequence[str], candidates: int, tell: Tell, turn: str) -> Pair:
    runs = {}
    for side in order:
        runs[side] = one = run(sides[side], side, candidates)
        tell(f"{turn} {side:5} {one.rate:,.0f} lives/s, {one.thrift:,.0f} lives/CPU s, load {one.load:.1f}")
    return Pair(**runs)


def _stop(signum: int, _frame: object) -> NoReturn:
    sys.exit(128 + signum)


if __name__ == "__main__":
    typer.run(main)
