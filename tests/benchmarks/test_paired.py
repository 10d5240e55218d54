"""Two commits in pairs: ratios are taken within a pair, runs that did different work are not compared."""

import io

import pytest
from rich.console import Console

from benchmarks.paired import report
from benchmarks.paired.comparison import Comparison, DifferentWork, Pair, Run, Spread, turns


def run(seconds: float, cpu: float, *, certificates: int = 80) -> Run:
    """Return a run of a hundred lives, half of whose CPU is the database's."""
    return Run(
        candidates=120,
        admitted=100,
        certificates=certificates,
        seconds=seconds,
        cpu={"exam": cpu / 2, "postgres": cpu / 2},
        load=0.5,
        busy=0.25,
    )


#: The machine slows down from pair to pair; other takes half the time and two thirds, one half, two fifths of the CPU.
SLOWING = Comparison([Pair(run(2, 3), run(1, 2)), Pair(run(4, 6), run(2, 3)), Pair(run(8, 10), run(4, 4))])


def test_a_run_knows_its_lives_per_second_and_per_cpu_second():
    assert (run(2, 4).rate, run(2, 4).thrift, run(2, 4).cpu_ms("exam")) == (50, 25, 20)
    assert run(2, 4).cpu_ms("a process that only the other commit has") == 0


def test_ratios_are_taken_within_pairs_so_that_a_drift_of_the_machine_cancels():
    assert SLOWING.ratio(lambda one: one.rate) == Spread(2, 2, 2)
    assert SLOWING.ratio(lambda one: one.thrift) == Spread(2, 1.5, 2.5)
    assert SLOWING.base(lambda one: one.rate) == Spread(25, 12.5, 50)


def test_who_is_first_alternates():
    assert turns(3) == [("base", "other"), ("other", "base"), ("base", "other")]


@pytest.mark.parametrize(
    "pairs",
    [
        [Pair(run(1, 1), run(1, 1, certificates=30))],
        [Pair(run(1, 1), run(1, 1)), Pair(*[run(1, 1, certificates=30)] * 2)],
    ],
)
def test_different_work_is_not_compared(pairs: list[Pair]):
    with pytest.raises(DifferentWork, match="120 → 100 → 30; 120 → 100 → 80"):
        Comparison(pairs)


def test_a_few_certificates_more_are_chance():
    assert len(Comparison([Pair(run(1, 1, certificates=77), run(1, 1, certificates=83))]).runs) == 2


def test_the_report_shows_each_pair_and_the_middle_with_its_range():
    first, *_, last = report.pairs_of(SLOWING).rows
    assert first == ["1", "base", "50.0", "100.0", "2.000", "33.3", "50.0", "1.500", "0.5 / 0.5", "25% / 25%"]
    assert last[:2] == ["3", "base"]
    overall = report.overall(SLOWING, same=False)
    assert [row[-1] for row in overall.rows] == ["2.000 (2.000 … 2.000)", "2.000 (1.500 … 2.500)"]
    assert "3 of 3 pairs" in overall.notes[0]
    assert [row[0] for row in report.processes(SLOWING).rows] == ["exam", "postgres", "合计 all"]


def test_a_commit_against_itself_tells_the_noise():
    noisy = Comparison([Pair(run(1, 100), run(1, 102)), Pair(run(1, 100), run(1, 99))])
    assert "up to 2.0%" in report.overall(noisy, same=True).notes[0]


def test_programs_get_all_runs_and_the_same_ratios():
    told = report.numbers(SLOWING)
    assert told["ratios"]["lives_per_cpu_second"] == {"median": 2, "low": 1.5, "high": 2.5}
    assert [pair["base"]["seconds"] for pair in told["pairs"]] == [2, 4, 8]
    assert told["cpu_ms_a_life"]["exam"]["base"]["median"] == 30
    report.processes(SLOWING).show(Console(file=io.StringIO()))
