"""A comparison as tables, and in numbers for programs."""

from collections.abc import Callable, Sequence
from dataclasses import asdict
from typing import Any

from benchmarks.finding import Finding
from benchmarks.paired.comparison import Comparison, Run, Spread, turns

#: Name in JSON, heading, figure.
_FIGURES: Sequence[tuple[str, str, Callable[[Run], float]]] = (
    ("lives_per_second", "人/秒 lives/s", lambda run: run.rate),
    ("lives_per_cpu_second", "人/CPU 秒 lives/CPU s", lambda run: run.thrift),
)


def pairs_of(comparison: Comparison) -> Finding:
    """Return a row for each pair."""
    first, certificates = comparison.runs[0], Spread.of([run.certificates for run in comparison.runs])
    return Finding(
        title=f"成对 Pairs: {first.candidates:,} candidates, {first.admitted:,} lives, "
        f"{_told(certificates, '{:,.0f}')} certificates",
        headings=(
            "对 pair",
            "先 first",
            *(f"{heading} {side}" for _, heading, _ in _FIGURES for side in ("base", "other", "ratio")),
            "负载 load",
            "他人占用 busy",
        ),
        rows=[
            [
                str(number),
                order[0],
                *(
                    cell
                    for _, _, value in _FIGURES
                    for cell in (f"{value(pair.base):,.1f}", f"{value(pair.other):,.1f}", f"{pair.ratio(value):.3f}")
                ),
                f"{pair.base.load:.1f} / {pair.other.load:.1f}",
                f"{pair.base.busy:.0%} / {pair.other.busy:.0%}",
            ]
            for number, (pair, order) in enumerate(
                zip(comparison.pairs, turns(len(comparison.pairs)), strict=True), start=1
            )
        ],
        notes=(
            "负载与占用在每次运行之前量得，base / other。 Load (1 min) and what others used are from before each run.",
        ),
    )


def overall(comparison: Comparison, *, same: bool) -> Finding:
    """Return median and range of all pairs; with `same`, both sides are one commit and the ratios are noise."""
    count = len(comparison.pairs)
    wins = sum(pair.ratio(lambda run: run.thrift) > 1 for pair in comparison.pairs)
    thrift = comparison.ratio(lambda run: run.thrift)
    noise = max(thrift.high - 1, 1 - thrift.low)
    verdict = (
        f"同一提交 the same commit: all of this is noise, up to {noise:.1%} per CPU second."
        if same
        else f"Per CPU second other did more in {wins} of {count} pairs; a range that holds 1 says nothing."
    )
    return Finding(
        title="中位数（最小 … 最大） Median (min … max)",
        headings=("", "base", "other", "other / base"),
        rows=[
            [
                heading,
                *_cells(comparison.base(value), comparison.other(value), "{:,.1f}"),
                _told(comparison.ratio(value)),
            ]
            for _, heading, value in _FIGURES
        ],
        notes=(
            verdict,
            "机器空闲时才可比：等待时的轮询也算 CPU。 On an idle machine only: who waits longer polls more.",
        ),
    )


def processes(comparison: Comparison) -> Finding:
    """Return the CPU of a life by process."""
    rows = [[name, *_compared(comparison, _cpu_ms(name))] for name in comparison.processes]
    rows.append(["合计 all", *_compared(comparison, lambda run: 1e3 / run.thrift)])
    return Finding(
        title="一生的 CPU 毫秒 CPU ms a life, median (min … max)",
        headings=("进程 process", "base", "other", "other / base"),
        rows=rows,
    )


def numbers(comparison: Comparison) -> dict[str, Any]:
    """Return runs and ratios for programs."""
    return {
        "pairs": [asdict(pair) for pair in comparison.pairs],
        "ratios": {name: asdict(comparison.ratio(value)) for name, _, value in _FIGURES},
        "cpu_ms_a_life": {
            name: {
                "base": asdict(comparison.base(_cpu_ms(name))),
                "other": asdict(comparison.other(_cpu_ms(name))),
            }
            for name in comparison.processes
        },
    }


def _cpu_ms(process: str) -> Callable[[Run], float]:
    return lambda run: run.cpu_ms(process)


def _compared(comparison: Comparison, value: Callable[[Run], float]) -> list[str]:
    base, other = comparison.base(value), comparison.other(value)
    ratio = f"{other.median / base.median:.3f}" if base.median else ""
    return [*_cells(base, other, "{:.3f}"), ratio]


def _cells(base: Spread, other: Spread, form: str) -> tuple[str, str]:
    return _told(base, form), _told(other, form)


def _told(spread: Spread, form: str = "{:.3f}") -> str:
    return f"{form.format(spread.median)} ({form.format(spread.low)} … {form.format(spread.high)})"
