"""What the demo prints at the end: counts that add up, latencies, a certificate, an error row, one journey."""

import statistics
from typing import Any

from rich.console import Console
from rich.table import Table

from kaozheng.demo.stage import Demo

#: What is worth a line in the latency table: calls that real parties wait for.
SHOWN = (
    "upload",
    "review",
    "arrange",
    "check-in",
    "works",
    "attendance",
    "marks",
    "close-marking",
    "release",
    "verify one",
    "verify 1000",
    "pdf",
    "成绩到证书 result to certificate",
)


def show(demo: Demo, console: Console, seconds: float) -> list[str]:
    """Print everything and return the promises that do not hold."""
    console.print(counts(demo))
    console.print(times(demo, seconds))
    show_certificate(demo, console)
    show_row_error(demo, console)
    show_journey(demo, console)
    faults: list[str] = demo.facts.get("faults", [])
    return demo.tally.broken() + faults


def counts(demo: Demo) -> Table:
    """Return the sums, each with both sides."""
    table = Table(title="各阶段人数 counts per stage", title_justify="left")
    table.add_column("等式 sum")
    table.add_column("左 left", justify="right")
    table.add_column("右 right", justify="right")
    table.add_column("")
    for what, left, right in demo.tally.sums():
        table.add_row(what, f"{left:,}", f"{right:,}", "[green]✓[/]" if left == right else "[bold red]✗[/]")
    table.caption = f"三评 third marks {demo.tally.third_marks:,} · 仲裁 arbitrated {demo.tally.arbitrated:,}"
    return table


def times(demo: Demo, seconds: float) -> Table:
    """Return latencies per kind of call in milliseconds, and what went through per second."""
    table = Table(title="时延（毫秒） latency in ms", title_justify="left")
    for heading in ("环节 stage", "次数 calls", "p50", "p95", "p99"):
        table.add_column(heading, justify="left" if heading.startswith("环节") else "right")
    for name in SHOWN:
        if taken := demo.latencies.seconds.get(name):
            table.add_row(name, f"{len(taken):,}", *(f"{1000 * quantile(taken, share):,.1f}" for share in (50, 95, 99)))
    lives = demo.tally.admitted / seconds
    table.caption = f"全程 {seconds:.1f} 秒，每秒 {lives:,.0f} 位考生  {lives:,.0f} whole lives per second, all here"
    if demo.patience.repeats:
        table.caption += f"\n重试 {demo.patience.repeats} 次  {demo.patience.repeats} calls were repeated"
    return table


def quantile(values: list[float], percent: int) -> float:
    """Return a percentile; of one value, the value itself."""
    return statistics.quantiles(values, n=100, method="inclusive")[percent - 1] if len(values) > 1 else values[0]


def show_certificate(demo: Demo, console: Console) -> None:
    """Print where the PDF lies and where anyone can verify it."""
    console.print(f"\n[bold]证书 PDF certificate[/]  {demo.facts['pdf']}")
    console.print(f"[bold]验证网址 verify at[/]   {demo.facts['shown']['verify_url']}", soft_wrap=True)


def show_row_error(demo: Demo, console: Console) -> None:
    """Print one refused row as the school sees it."""
    for error in demo.facts["row_errors"][:1]:
        console.print(
            f"\n[bold]学校看到的一条退回 one row error as the school sees it[/]\n"
            f"  第 {error['row']} 行 row {error['row']} · {error['field']} · {error['code']}\n"
            f"  {error['message_zh']}\n  {error['message_en']}"
        )


def show_journey(demo: Demo, console: Console) -> None:
    """Print one candidate's journey as a trace tree."""
    journey = demo.facts["journey"]
    console.print(f"\n[bold]一位考生的全程 one candidate's journey[/]  {' → '.join(journey['services'])}")
    for number, trace in enumerate(journey["traces"], start=1):
        console.print(f"  [dim]trace {number}/{len(journey['traces'])} {trace['trace_id']}[/]")
        for span in trace["spans"]:
            show_span(console, span)


def show_span(console: Console, span: dict[str, Any]) -> None:
    """Print one step, indented under what caused it."""
    waited = f" · 等待 waited {span['waited_ms']:,.0f} ms" if span["waited_ms"] else ""
    event = f" {span['event_type']}" if span["event_type"] else ""
    name = f"{'  ' * span['depth']}{span['name']}"
    console.print(
        f"    {span['service']:13}{name}{event}  [dim]{span['duration_ms']:.1f} ms{waited}[/]", soft_wrap=True
    )
