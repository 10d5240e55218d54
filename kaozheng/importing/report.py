"""What an import tells its operator: what was found, what is doubtful and where, what is missing."""

from collections.abc import Sequence
from typing import Literal

from pydantic import BaseModel, ConfigDict

from kaozheng.importing.document import Line

_EXCERPT = 80


class ReportPart(BaseModel):
    """What all parts of a report have in common."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Finding(ReportPart):
    """Something that was found, and how many of it."""

    what: str
    what_en: str
    count: int


class Doubt(ReportPart):
    """A line whose reading a person should check. `code` is stable, for programs."""

    line: int
    place: str
    excerpt: str
    code: str
    reason: str
    reason_en: str


class Missing(ReportPart):
    """Something that such a document should have and that was not found."""

    code: str
    what: str
    what_en: str


class Reading(ReportPart):
    """What became of one line: the code or section it went to, or why it was left out."""

    line: int
    place: str
    text: str
    fate: Literal["used", "ignored", "doubtful"]
    used_for: str


class Report(ReportPart):
    """The whole account of one import; `readings` has every line of the document exactly once, in order."""

    file: str
    found: tuple[Finding, ...]
    doubts: tuple[Doubt, ...]
    missing: tuple[Missing, ...]
    readings: tuple[Reading, ...]


class Ledger:
    """Keeps account of every line, so that none is lost silently: what nobody claims is reported as not understood."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self._lines = {line.number: line for line in lines}
        self._uses: dict[int, list[str]] = {}
        self._ignored: dict[int, str] = {}
        self._doubts: dict[int, list[Doubt]] = {}

    def use(self, line: Line, for_what: str) -> None:
        """Note that a line, or a part of it, went into `for_what`: an item's code or a section's name."""
        uses = self._uses.setdefault(line.number, [])
        if for_what not in uses:
            uses.append(for_what)

    def ignore(self, line: Line, why: str) -> None:
        """Note that a line says nothing that belongs into a standard, such as a page number."""
        self._ignored.setdefault(line.number, why)

    def doubt(self, line: Line, code: str, reason: str, reason_en: str) -> None:
        """Note that the reading of a line must be checked; the line may be used all the same."""
        doubt = Doubt(
            line=line.number,
            place=line.place,
            excerpt=line.text[:_EXCERPT],
            code=code,
            reason=reason,
            reason_en=reason_en,
        )
        doubts = self._doubts.setdefault(line.number, [])
        if doubt not in doubts:
            doubts.append(doubt)

    def claimed(self, line: Line) -> bool:
        """Tell whether anybody has used, ignored or doubted a line."""
        return line.number in self._uses or line.number in self._ignored or line.number in self._doubts

    def close(self) -> tuple[tuple[Doubt, ...], tuple[Reading, ...]]:
        """Doubt every line that nobody claimed; return all doubts in order, and what became of each line."""
        for line in self._lines.values():
            if not self.claimed(line):
                self.doubt(line, "not-understood", "没有看懂这一行，未收入。", "Not understood; left out.")
        doubts = tuple(doubt for number in sorted(self._doubts) for doubt in self._doubts[number])
        return doubts, tuple(self._reading(line, line.number in self._doubts) for line in self._lines.values())

    def _reading(self, line: Line, doubted: bool) -> Reading:  # noqa: FBT001 - a private step
        fate: Literal["used", "ignored", "doubtful"] = "doubtful" if doubted else "used"
        if not doubted and line.number not in self._uses:
            fate = "ignored"
        used_for = "; ".join(self._uses.get(line.number, [])) or self._ignored.get(line.number, "")
        return Reading(line=line.number, place=line.place, text=line.text, fate=fate, used_for=used_for)
