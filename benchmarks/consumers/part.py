"""The contest of consumers: inbox, state and one event out, with the same effect whoever does it."""

import asyncio
from collections.abc import Iterator, Sequence
from importlib import import_module

from benchmarks.consumers import alone, consume, ours
from benchmarks.contender import Contender, absent_consumer
from benchmarks.contest import Entry, Result
from benchmarks.finding import Finding
from benchmarks.ground import Ground
from benchmarks.sample import Load, Skew
from benchmarks.setting import Setting
from benchmarks.skewed import by_skew
from benchmarks.stopwatch import Figures
from benchmarks.tables import Heading, finding


def contenders() -> list[Contender]:
    """Return all consumers; ours first."""
    try:
        peers: Sequence[Contender] = import_module("benchmarks.consumers.faststream").CONTENDERS
    except ImportError as error:
        peers = [absent_consumer("faststream", error)]
    return [ours.CONTENDER, *peers, *alone.CONTENDERS]


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield a table for each spread of keys."""
    for skew, results in by_skew(setting, contenders(), entry):
        yield _finding(skew, results)


def entry(ground: Ground, contender: Contender, load: Load) -> Entry:
    """Return the contestant with its load."""

    def run(counted: bool) -> Figures:  # noqa: FBT001  # one question
        with ground.place(contender.schema) as place:
            return asyncio.run(consume.measure(contender, place, load, counted=counted))

    return Entry(name=contender.name, run=run, note=contender.note, counted=load.skew is Skew.UNIFORM)


def _finding(skew: Skew, results: list[Result]) -> Finding:
    title = f"消费 Consumer: inbox, state, one event out; 5 % come twice; 1,000 keys, {skew.value}"
    return finding(Heading(title=title, file=f"consumer-{skew.name.lower()}"), results, list(_notes(results)))


def _notes(results: list[Result]) -> Iterator[str]:
    ours_ = results[0]
    for other in results[1:]:
        if ours_.runs and other.runs:
            cpu = other.cpu("python", "postgres") / ours_.cpu("python", "postgres")
            yield (
                f"考证 / {other.entry.name}: {ours_.rate / other.rate:.2f} times the events per second, "
                f"{cpu:.2f} times by CPU time of Python and PostgreSQL."
            )
    yield "目标 goals: 10 against one transaction per event; not behind FastStream batch with the same guarantee."
    yield (
        "我方另外做：版本次序检查、按键停放、日志身份、库内位点。 Ours does more: order of versions per key, parking, "
        "identity of the log, positions in the database."
    )
