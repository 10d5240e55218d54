"""The contest of relays: ours, the limit and the peers drain the same events under both spreads of keys."""

import asyncio
from collections.abc import Iterator, Sequence
from importlib import import_module

from benchmarks.contender import RelayContender, absent_relay
from benchmarks.contest import Entry, Result
from benchmarks.finding import Finding
from benchmarks.ground import Ground
from benchmarks.relays import bare, drain, ours
from benchmarks.sample import Load, Skew
from benchmarks.setting import Setting
from benchmarks.skewed import by_skew
from benchmarks.stopwatch import Figures
from benchmarks.tables import Heading, finding

_PEERS = ("faststream_outbox", "txoutbox")


def contenders() -> list[RelayContender]:
    """Return all relays; ours first, then the limit."""
    return [ours.CONTENDER, bare.CONTENDER, *(relay for name in _PEERS for relay in _peers(name))]


def _peers(name: str) -> Sequence[RelayContender]:
    try:
        found: Sequence[RelayContender] = import_module(f"benchmarks.relays.{name}").CONTENDERS
    except ImportError as error:
        return [absent_relay(name, error)]
    return found


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield a table for each spread of keys."""
    for skew, results in by_skew(setting, contenders(), _entry):
        yield _finding(skew, results)


def _entry(ground: Ground, contender: RelayContender, load: Load) -> Entry:
    def run(counted: bool) -> Figures:  # noqa: FBT001  # one question
        with ground.place(contender.schema) as place:
            return asyncio.run(drain.measure(contender, place, load, counted=counted))

    return Entry(name=contender.name, run=run, note=contender.note, counted=load.skew is Skew.UNIFORM)


def _finding(skew: Skew, results: list[Result]) -> Finding:
    return finding(
        Heading(title=f"中继 Relay: 400 B, 12 partitions, 1,000 keys, {skew.value}", file=f"relay-{skew.name.lower()}"),
        results,
        list(_notes(results[0], results[1])),
    )


def _notes(ours_: Result, limit: Result) -> Iterator[str]:
    if ours_.runs and limit.runs:
        yield (
            f"中继 / 裸循环 relay / bare loop: {ours_.rate / limit.rate:.0%} of its events per second, "
            f"{limit.cpu('python') / ours_.cpu('python'):.0%} by CPU time of the Python process (goal 60 %)."
        )
    if ours_.runs:
        yield f"WAL of our outbox: {ours_.each('outbox'):,.0f} B/event to write, {ours_.each('wal'):.1f} to send."
