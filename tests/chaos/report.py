"""What came of many storms, as a page: seeds, faults by kind, times, broken promises."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.chaos.schedule import Kind
from tests.chaos.storm import Outcome


@dataclass(frozen=True)
class Line:
    """One storm: what came of it, or why it could not be weathered."""

    seed: int
    candidates: int
    outcome: Outcome | None = None
    error: str = ""

    @property
    def broken(self) -> list[str]:
        """Return the promises that did not hold."""
        return [*(self.outcome.broken if self.outcome else []), *([self.error] if self.error else [])]

    @property
    def verdict(self) -> str:
        """Say it in a line."""
        told = "FAILED: " + "; ".join(self.broken) if self.broken else "passed"
        if not (done := self.outcome):
            return told
        return (
            f"{told} ({len(done.faults)} faults, {done.jobs} jobs in {done.seconds:.0f} s, "
            f"up after {done.recovery:.0f} s, all counted after {done.settling:.0f} s)"
        )


def text(lines: Sequence[Line]) -> str:
    """Return the page."""
    struck = Counter(fault.kind for line in lines if line.outcome for fault in line.outcome.faults)
    bad = [line for line in lines if line.broken]
    return "\n".join(
        [
            "# 长时故障测试 Soak",
            "",
            f"{len(lines)} storms, {sum(struck.values())} faults, {len(bad)} storms with broken promises.",
            "",
            "| seed | candidates | jobs | faults | job seconds | up again after | all counted after | broken |",
            "| --- | --- | --- | --- | --- | --- | --- | --- |",
            *(_row(line) for line in lines),
            "",
            "| fault | times |",
            "| --- | --- |",
            *(f"| {kind.value} | {struck[kind]} |" for kind in Kind),
            "",
            *(f"* seed {line.seed}: {'; '.join(line.broken)}" for line in bad),
            "",
        ]
    )


def _row(line: Line) -> str:
    done = line.outcome
    if done is None:
        return f"| {line.seed} | {line.candidates} | | | | | | {len(line.broken)} |"
    return (
        f"| {line.seed} | {line.candidates * done.jobs} | {done.jobs} | {len(done.faults)} | {done.seconds:.0f} s "
        f"| {done.recovery:.1f} s | {done.settling:.1f} s | {len(line.broken)} |"
    )


def write(file: Path, lines: Sequence[Line]) -> None:
    """Write the page anew."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text(lines), encoding="utf-8")
