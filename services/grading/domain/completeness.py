"""What is still missing before marking may be closed and before results may be released."""

from dataclasses import dataclass
from enum import StrEnum


class PlanState(StrEnum):
    """How far the grading of a plan has come."""

    MARKING = "marking"
    CLOSED = "closed"
    RELEASED = "released"


class Lack(StrEnum):
    """A kind of thing that is missing."""

    EXAM_NOT_FINISHED = "exam-not-finished"
    WORKS_NOT_RECEIVED = "works-not-received"
    WORKS_NOT_SETTLED = "works-not-settled"
    CANDIDATES_NOT_RECEIVED = "candidates-not-received"
    WORKS_NOT_UNSEALED = "works-not-unsealed"
    INTERVIEWS_NOT_SCORED = "interviews-not-scored"


@dataclass(frozen=True, slots=True)
class Shortfall:
    """How many of what are missing."""

    lack: Lack
    count: int


@dataclass(frozen=True, slots=True)
class Expected:
    """What the finished exam says there must be."""

    candidates: int
    works: int


@dataclass(frozen=True, slots=True)
class Known:
    """How many candidates of a plan have come in, and of how many a score is missing without an absence.

    `unseated` are those of whom other events came first.
    """

    seated: int
    unseated: int
    without_practical: int
    without_interview: int


def missing_to_close(expected: Expected | None, *, received: int, settled: int) -> tuple[Shortfall, ...]:
    """Return what keeps marking open: the exam's end, works on their way, works without their mark."""
    if expected is None:
        return (Shortfall(Lack.EXAM_NOT_FINISHED, 1),)
    return _short(
        Shortfall(Lack.WORKS_NOT_RECEIVED, expected.works - received),
        Shortfall(Lack.WORKS_NOT_SETTLED, received - settled),
    )


def missing_to_release(expected: Expected, known: Known) -> tuple[Shortfall, ...]:
    """Return what keeps results back; absences are no lack."""
    return _short(
        Shortfall(Lack.CANDIDATES_NOT_RECEIVED, max(expected.candidates - known.seated, known.unseated)),
        Shortfall(Lack.WORKS_NOT_UNSEALED, known.without_practical),
        Shortfall(Lack.INTERVIEWS_NOT_SCORED, known.without_interview),
    )


def _short(*shortfalls: Shortfall) -> tuple[Shortfall, ...]:
    return tuple(shortfall for shortfall in shortfalls if shortfall.count > 0)
