"""The contests of the messaging layer: relay, consumer, tracing; each gives one finding."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks import bare, consumer, relay, single
from benchmarks.consumer import Load
from benchmarks.contest import Entry, Result, hold
from benchmarks.finding import Finding
from benchmarks.ground import Ground
from shared.messaging.options import MessagingOptions

#: Events a second that are named in spans unless the settings say otherwise.
USUAL = MessagingOptions().traced_per_second

_HEADINGS = ("", "事件/秒 events/s", "范围 spread", "CPU µs/event Python", "PostgreSQL", "broker")


@dataclass(frozen=True)
class Contests:
    """Where, how often, how large, and who is told."""

    ground: Ground
    repeats: int
    scale: float
    tell: Callable[[str], None]

    def relay(self) -> Finding:
        """The relay beside the bare loop."""
        events = int(60_000 * self.scale)
        results = self._hold({"relay": (relay.measure, events), "bare send_batch": (bare.measure, events)})
        ours, limit = results["relay"], results["bare send_batch"]
        return Finding(
            title=f"中继 Relay: {events:,} events of 400 bytes, 12 partitions",
            headings=_HEADINGS,
            rows=[_row(name, result) for name, result in results.items()],
            notes=(
                (
                    f"中继 / 裸循环 relay / bare loop: {ours.rate / limit.rate:.0%} of its events per second, "
                    f"{limit.cpu('python') / ours.cpu('python'):.0%} by CPU time of the Python process (goal 60 %)."
                ),
                f"WAL of the outbox: {ours.each('outbox'):,.0f} B/event to write, {ours.each('wal'):.1f} to send.",
                (
                    "The bare loop sends records that lie ready in memory, in full batches; the relay reads them from "
                    "PostgreSQL, makes the headers, chooses the partitions and saves its cursor per page."
                ),
            ),
        )

    def consumer(self) -> Finding:
        """The consumer beside one transaction per event, and what a batch costs."""
        events, few = int(20_000 * self.scale), int(3_000 * self.scale)
        name = "一事件一事务 one transaction each"
        results = self._hold({"consumer": (consumer.measure, Load(events)), name: (single.measure, few)})
        ours, other = results["consumer"], results[name]
        batches = ours.median(lambda run: run.counts["batches"])
        statements = ours.median(lambda run: run.counts["statements"])
        cpu = other.cpu("python", "postgres") / ours.cpu("python", "postgres")
        return Finding(
            title=f"消费 Consumer: inbox, state and one event out; {events:,} events, 5 % twice ({few:,} one by one)",
            headings=_HEADINGS,
            rows=[_row(name, result) for name, result in results.items()],
            notes=(
                (
                    f"批处理 / 逐条 batches / one by one: {ours.rate / other.rate:.1f} times the events per second, "
                    f"{cpu:.1f} times by CPU time of Python and PostgreSQL (goal 10)."
                ),
                (
                    f"SQL: {statements / batches:.1f} statements per batch, {ours.each('statements'):.4f} per event "
                    f"({batches:.0f} batches); one by one: 3, BEGIN and COMMIT per event."
                ),
                f"WAL: {ours.each('wal'):,.0f} B/event for inbox, state and outbox together.",
            ),
        )

    def tracing(self) -> Finding:
        """The consumer without exported spans, with what the settings allow, and with all, in two batch sizes."""
        events = int(20_000 * self.scale)
        loads = {
            f"{batch:,} per batch, {name}": Load(events, batch, traced)
            for batch in (2000, 100)
            for name, traced in {"no spans": None, "as set": USUAL, "all": 1e9}.items()
        }
        results = self._hold({name: (consumer.measure, load) for name, load in loads.items()})
        plain, usual, every, small, small_usual, small_every = results.values()
        return Finding(
            title=f"追踪 Tracing: the consumer with and without exported spans, {events:,} events",
            headings=_HEADINGS,
            rows=[_row(name, result) for name, result in results.items()],
            notes=(
                f"Large batches, as set: {_more(plain, usual)}; every event named: {_more(plain, every)}.",
                f"Batches of 100, as set: {_more(small, small_usual)}; a span per event: {_more(small, small_every)}.",
                (
                    "Every event comes of a trace of its own that is kept: the worst case. In a rush the senders' own "
                    "limit leaves few of them, and an event of a trace that is not kept costs nothing here."
                ),
                "Spans are redacted and encoded as OTLP, then thrown away: no collector takes part.",
            ),
        )

    def _hold(self, entries: dict[str, Entry]) -> dict[str, Result]:
        return hold(self.ground, entries, self.repeats, self.tell)


def _more(plain: Result, traced: Result) -> str:
    cpu = traced.cpu("python") / plain.cpu("python") - 1
    return f"{cpu:+.0%} CPU time of Python, {traced.rate / plain.rate - 1:+.0%} events per second"


def _row(name: str, result: Result) -> list[str]:
    cpu = [f"{result.cpu(process):,.0f}" for process in ("python", "postgres", "broker")]
    return [name, f"{result.rate:,.0f}", result.spread, *cpu]
