"""What was measured so far, part by part: kept in results.json, written out as RESULTS.md and pictures."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter

from benchmarks import plots
from benchmarks.finding import Finding

FOLDER = Path(__file__).parent
_HOW = FOLDER / "HOW.md"
_FINDINGS = TypeAdapter(list[Finding])


@dataclass(frozen=True, kw_only=True)
class Measured:
    """One part as it was last measured: when, on what, how often, and what was found."""

    title: str
    moment: str
    machine: Sequence[str]
    settings: str
    seconds: float
    findings: Sequence[Finding]

    def markdown(self) -> str:
        """Return the part for RESULTS.md."""
        said = f"*{self.moment}; {self.settings}; {self.machine[-1]}; {self.seconds:.0f} s*"
        return "\n".join([f"## {self.title}", "", said, "", *(finding.markdown() for finding in self.findings)])


def read(folder: Path) -> dict[str, Measured]:
    """Return what a results folder holds, by part."""
    file = folder / "results.json"
    if not file.exists():
        return {}
    stored: dict[str, dict[str, Any]] = json.loads(file.read_text("utf-8"))
    return {
        part: Measured(**one | {"findings": _FINDINGS.validate_python(one["findings"])}) for part, one in stored.items()
    }


def write(folder: Path, measured: Mapping[str, Measured]) -> None:
    """Write the figures, the tables and the pictures."""
    folder.mkdir(parents=True, exist_ok=True)
    stored = {part: asdict(one) for part, one in measured.items()}
    (folder / "results.json").write_text(json.dumps(stored, ensure_ascii=False, indent=1) + "\n", "utf-8")
    newest = max(measured.values(), key=lambda one: one.moment)
    machine = ["## 机器 Machine", "", *(f"* {line}" for line in newest.machine[:-1]), ""]
    parts = [one.markdown() for one in measured.values()]
    (folder / "RESULTS.md").write_text("\n".join([_HOW.read_text("utf-8"), *machine, *parts]), "utf-8")
    for one in measured.values():
        for finding in one.findings:
            if finding.picture:
                plots.draw(finding.picture, folder / "plots")
