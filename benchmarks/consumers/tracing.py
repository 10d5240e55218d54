"""What tracing costs: our consumer without exported spans, with what the settings allow, and with all."""

from collections.abc import Iterator
from dataclasses import replace
from functools import partial

from benchmarks.consumers import ours
from benchmarks.consumers.part import entry
from benchmarks.contest import Result, hold
from benchmarks.finding import Finding
from benchmarks.sample import Load
from benchmarks.setting import Setting
from benchmarks.tables import Heading, finding
from shared.messaging.options import MessagingOptions

#: Events a second that are named in spans unless the settings say otherwise.
USUAL = MessagingOptions().traced_per_second


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    contenders = [
        replace(
            ours.CONTENDER,
            name=f"{batch:,} per batch, {name}",
            run=partial(ours.run, batch=batch, traced=traced),
        )
        for batch in (2000, 100)
        for name, traced in {"no spans": None, "as set": USUAL, "all": 1e9}.items()
    ]
    with setting.ground() as ground:
        entries = [entry(ground, one, Load(setting.events(20_000))) for one in contenders]
        results = hold(entries, setting.repeats, setting.tell, counted=False)
    heading = Heading(title="追踪 Tracing: the consumer with and without exported spans", file="tracing")
    yield finding(heading, results, list(_notes(results)))


def _notes(results: list[Result]) -> Iterator[str]:
    if all(result.runs for result in results):
        plain, usual, every, small, small_usual, small_every = results
        yield f"Large batches, as set: {_more(plain, usual)}; every event named: {_more(plain, every)}."
        yield f"Batches of 100, as set: {_more(small, small_usual)}; a span per event: {_more(small, small_every)}."
    yield (
        "Every event comes of a trace of its own that is kept: the worst case. In a rush the senders' own limit leaves "
        "few of them, and an event of a trace that is not kept costs nothing here."
    )
    yield "Spans are redacted and encoded as OTLP, then thrown away: no collector takes part."


def _more(plain: Result, traced: Result) -> str:
    cpu = traced.cpu("python") / plain.cpu("python") - 1
    return f"{cpu:+.0%} CPU time of Python, {traced.rate / plain.rate - 1:+.0%} events per second"
