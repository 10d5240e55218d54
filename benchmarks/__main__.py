"""`python -m benchmarks`: measures, prints, and writes RESULTS.md when everything was measured."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from benchmarks import consumer, hot, lives, machine, relay
from benchmarks.consumer import Load
from benchmarks.finding import Finding
from benchmarks.ground import ground
from benchmarks.messaging import Contests

#: The widest table; where lines are shorter, they wrap.
_WIDTH = 130
RESULTS = Path(__file__).with_name("RESULTS.md")

_INTRODUCTION = """# 测量结果 Measurements

由 `make bench` 写出，都是实测。 Written by `make bench`; every figure was measured by that command.

怎样读 How to read:

* 同一轮里轮流测量，取中位数；范围是最慢到最快。 Contestants take turns in the same run; medians, then the slowest
  and the fastest run. Each run has a process, a database and a broker of its own.
* PostgreSQL 与 `make up` 相同，落盘。 PostgreSQL is as durable as with `make up`: `fsync`, `synchronous_commit` and
  `full_page_writes` are on. The broker is the embedded one and keeps everything in memory.
* 只比比例，不比绝对值。 Compare ratios, not figures of different machines. When the load average is above the number of
  cores, events per second say little; then the ratios by CPU time are the ones to trust.
"""


class Part(StrEnum):
    """What can be measured."""

    RELAY = "relay"
    CONSUMER = "consumer"
    TRACING = "tracing"
    LIVES = "lives"


Parts = Annotated[list[Part] | None, typer.Argument(help="测什么，默认全部。 What to measure; everything by default.")]
Repeats = Annotated[int, typer.Option(min=1, help="每项重复次数。 How often.")]
Scale = Annotated[float, typer.Option(min=0.01, help="事件数的倍数。 Multiplies the numbers of events.")]
Candidates = Annotated[int, typer.Option(min=20, help="考生人数。 How many candidates.")]
Profile = Annotated[
    bool, typer.Option("--profile", help="只看热点（relay、consumer）。 Only profile relay or consumer.")
]


def main(
    parts: Parts = None,
    *,
    repeats: Repeats = 3,
    scale: Scale = 1.0,
    candidates: Candidates = 2000,
    profile: Profile = False,
) -> None:
    """测量消息链路和整个流程。 Measure the messaging layer and whole lives."""
    console = Console(width=max(Console().width, _WIDTH))
    wanted = parts or list(Part)
    if profile:
        _profile(wanted, scale)
        return
    about = machine.describe(RESULTS.parent)
    findings = _contests(wanted, repeats, scale, console)
    if Part.LIVES in wanted:
        findings.append(lives.measure(candidates, console.print))
    for finding in findings:
        finding.show(console)
    if set(wanted) == set(Part):
        machine_lines = "\n".join(f"* {line}" for line in about)
        described = f"## 机器 Machine\n\n{machine_lines}\n"
        RESULTS.write_text("\n".join([_INTRODUCTION, described, *(finding.markdown() for finding in findings)]))


def _contests(wanted: list[Part], repeats: int, scale: float, console: Console) -> list[Finding]:
    chosen = [part for part in (Part.RELAY, Part.CONSUMER, Part.TRACING) if part in wanted]
    if not chosen:
        return []
    with ground() as server:
        contests = Contests(server, repeats, scale, console.print)
        run = {Part.RELAY: contests.relay, Part.CONSUMER: contests.consumer, Part.TRACING: contests.tracing}
        findings = []
        for part in chosen:
            console.print(f"[bold]{part.value}[/]")
            findings.append(run[part]())
    return findings


def _profile(wanted: list[Part], scale: float) -> None:
    with ground() as server:
        for part in wanted:
            with server.place() as place:
                if part is Part.RELAY:
                    hot.show(relay.measure, place, int(60_000 * scale))
                elif part is Part.CONSUMER:
                    hot.show(consumer.measure, place, Load(int(20_000 * scale)))


if __name__ == "__main__":
    typer.run(main)
