"""Turns the results of a contest into a finding: one row for each contestant, failed ones with their reason."""

from collections.abc import Sequence
from dataclasses import dataclass

from benchmarks.contest import Result
from benchmarks.finding import Bar, Finding, Picture

_MIB = 2**20
_PROCESSES = ("python", "postgres", "broker")


@dataclass(frozen=True, kw_only=True)
class Heading:
    """What is said over a table."""

    title: str
    #: File name of the picture.
    file: str
    #: What is counted, as in `events/s`.
    unit: str = "事件/秒 events/s"
    #: Columns of memory, SQL and WAL.
    details: bool = True


def finding(heading: Heading, results: Sequence[Result], notes: Sequence[str]) -> Finding:
    """Return the table, the picture and the numbers; the first result is ours."""
    details = ("SQL/event", "WAL B/event", "RSS MiB") if heading.details else ()
    headings = ("", heading.unit, "范围 spread", "CPU µs Python", "PostgreSQL", "broker", *details)
    setups = [f"{result.entry.name}: {result.entry.note}" for result in results if result.entry.note]
    return Finding(
        title=heading.title,
        headings=headings,
        rows=[row(result, heading.details) for result in results],
        notes=(*notes, *setups),
        picture=Picture(
            file=heading.file,
            axis=f"{heading.unit}，中位数与范围 median and range",
            bars=[
                Bar(
                    name=one.entry.name,
                    value=one.rate,
                    low=min(one.rates),
                    high=max(one.rates),
                    ours=one is results[0],
                )
                for one in results
                if one.runs
            ],
        ),
        data={result.entry.name: numbers(result) for result in results},
    )


def row(result: Result, details: bool) -> list[str]:  # noqa: FBT001  # a column more or less
    """Return the cells of one contestant."""
    if not result.runs:
        return [result.entry.name, "—", f"失败 failed: {result.failure}", *[""] * (6 if details else 3)]
    name = result.entry.name + (f" ({len(result.runs)} runs, then {result.failure})" if result.failure else "")
    spread = f"{min(result.rates):,.0f}–{max(result.rates):,.0f}"
    cells = [name, f"{result.rate:,.0f}", spread, *(f"{result.cpu(process):,.1f}" for process in _PROCESSES)]
    if details:
        peak = result.median(lambda run: run.counts["rss"]) / _MIB
        said = "—" if result.statements is None else f"{result.statements:.4g}"
        cells += [said, f"{result.each('wal'):,.1f}", f"{peak:,.0f}"]
    return cells


def numbers(result: Result) -> dict[str, object]:
    """Return one contestant's runs for programs."""
    return {
        "failure": result.failure,
        "statements_per_event": result.statements,
        "runs": [
            {"events": run.events, "seconds": run.seconds, "cpu_seconds": dict(run.cpu), "counts": dict(run.counts)}
            for run in result.runs
        ],
    }
