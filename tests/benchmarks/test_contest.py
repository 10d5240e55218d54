"""Contestants take turns; one that fails is kept with its reason, and the others go on."""

from benchmarks.contest import Entry, hold
from benchmarks.latency.quantiles import quantile
from benchmarks.stopwatch import Figures
from benchmarks.tables import Heading, finding


def entry(name, turns, *, fails_at=None):
    """Return a contestant that writes down its turns."""

    def run(counted):
        turns.append((name, counted))
        if len([one for one, _ in turns if one == name]) == fails_at:
            raise OSError("no broker")
        counts = {"statements": 30, "wal": 20, "rss": 2**20}
        return Figures(10, len(turns), {"python": 1e-3, "postgres": 0, "broker": 0}, counts)

    return Entry(name=name, run=run)


def test_turns_alternate_and_statements_are_counted_before():
    turns: list[tuple[str, bool]] = []
    results = hold([entry("ours", turns), entry("theirs", turns)], 2, print)
    assert turns == [("ours", True), ("theirs", True)] + [("ours", False), ("theirs", False)] * 2
    assert [(result.statements, len(result.runs)) for result in results] == [(3, 2), (3, 2)]


def test_who_fails_is_shown_with_the_reason_and_stops_nobody():
    turns: list[tuple[str, bool]] = []
    results = hold(
        [entry("ours", turns), entry("theirs", turns, fails_at=1), entry("late", turns, fails_at=3)], 3, print
    )
    shown = finding(Heading(title="t", file="t"), results, [])
    assert [len(result.runs) for result in results] == [3, 0, 1]
    assert "no broker" in shown.rows[1][2]
    assert "no broker" in shown.rows[2][0]
    assert shown.picture is not None
    assert [bar.name for bar in shown.picture.bars] == ["ours", "late"]


def test_quantiles_are_values_that_occurred():
    hundred = [float(number) for number in range(1, 101)]
    assert [quantile(hundred, percent) for percent in (50, 95, 99)] == [50, 95, 99]
    assert quantile([7.0], 99) == 7
