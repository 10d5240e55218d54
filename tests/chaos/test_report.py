"""The report of a soak says which seeds broke what, and goes on after a storm that could not be weathered."""

from pathlib import Path

from tests.chaos import report
from tests.chaos.report import Line
from tests.chaos.schedule import Fault, Kind
from tests.chaos.storm import Outcome


def outcome(*broken: str) -> Outcome:
    faults = [Fault(1, Kind.KILL_WORKER, "exam", 0), Fault(1, Kind.DISK_FULL, "exam", 3)]
    return Outcome(faults=faults, broken=list(broken), jobs=2, seconds=60, recovery=1.5, settling=4)


def test_a_report_counts_faults_and_names_the_seeds_that_failed(tmp_path: Path):
    lines = [Line(1, 100, outcome()), Line(2, 100, outcome("log: 3 lost")), Line(3, 100, None, "OSError: no room")]
    report.write(tmp_path / "soak" / "report.md", lines)
    text = (tmp_path / "soak" / "report.md").read_text(encoding="utf-8")
    assert "3 storms, 4 faults, 2 storms with broken promises." in text
    assert "| 1 | 200 | 2 | 2 | 60 s | 1.5 s | 4.0 s | 0 |" in text
    assert f"| {Kind.DISK_FULL.value} | 2 |" in text
    assert f"| {Kind.KILL_NODE.value} | 0 |" in text
    assert "* seed 2: log: 3 lost" in text
    assert "* seed 3: OSError: no room" in text
    assert "seed 1:" not in text


def test_a_verdict_is_one_line():
    assert Line(1, 100, outcome()).verdict.startswith("passed (2 faults, 2 jobs in 60 s")
    assert Line(1, 100, outcome("x", "y")).verdict.startswith("FAILED: x; y (")
    assert Line(1, 100, None, "OSError: no room").verdict == "FAILED: OSError: no room"
