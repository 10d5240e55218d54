"""Sections written out as text, read by one reader, with what it doubted."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from kaozheng.importing.document import Line
from kaozheng.importing.report import Doubt, Ledger, Reading


@dataclass(frozen=True)
class Result:
    value: Any
    doubts: tuple[Doubt, ...]
    readings: tuple[Reading, ...]

    @property
    def codes(self) -> list[str]:
        return [doubt.code for doubt in self.doubts]


def lines(text: str) -> list[Line]:
    return [
        Line(number=number, text=line.strip()) for number, line in enumerate(text.split("\n"), start=1) if line.strip()
    ]


def row(*cells: str, number: int = 1) -> Line:
    return Line(number=number, text="\t".join(cells), cells=cells, table=1)


def read(reader: Callable[..., Any], section: str | Sequence[Line], **options: Any) -> Result:
    given = lines(section) if isinstance(section, str) else list(section)
    ledger = Ledger(given)
    value = reader(given, ledger, **options)
    unclaimed = [line.text for line in given if not ledger.claimed(line)]
    assert unclaimed == []
    doubts, readings = ledger.close()
    return Result(value, doubts, readings)
