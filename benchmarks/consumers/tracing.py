"""What tracing costs: our consumer with and without exported spans, in batches of both kinds."""

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


def measure(setting: Setting) -> Iterator[Finding]:
    """Yield one table."""
    contenders = [
        replace(
            ours.CONTENDER,
            name=f"{batch:,} per batch, {'spans' if traced else 'no spans'}",
            run=partial(ours.run, batch=batch, traced=traced),
        )
        for batch in (2000, 100)
        for traced in (False, True)
    ]
    with setting.ground() as ground:
        entries = [entry(ground, one, Load(setting.events(10_000))) for one in contenders]
        results = hold(entries, setting.repeats, setting.tell, counted=False)
    heading = Heading(title="追踪 Tracing: the consumer with and without exported spans", file="tracing")
    yield finding(heading, results, list(_notes(results)))


def _notes(results: list[Result]) -> Iterator[str]:
    if all(result.runs for result in results):
        plain, spans, small, small_spans = results
        yield f"Batches above 100 (a span per 128 events): {_more(plain, spans)}."
        yield f"Batches up to 100 (a span per event): {_more(small, small_spans)}."
    yield "Spans are redacted and encoded as OTLP, then thrown away: no collector takes part."


def _more(plain: Result, traced: Result) -> str:
    cpu = traced.cpu("python") / plain.cpu("python") - 1
    return f"{cpu:+.0%} CPU time of Python, {traced.rate / plain.rate - 1:+.0%} events per second"
