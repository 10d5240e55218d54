"""How the rules of the examination say no; what people read is in `application/errors.py`."""

from dataclasses import dataclass
from datetime import datetime


class RuleBroken(Exception):
    """A rule of the examination forbids it; the fields hold the values that broke it."""


@dataclass(eq=False)
class IllegalPlanStep(RuleBroken):
    """The plan's state does not allow this step."""

    state: str
    step: str


@dataclass(frozen=True, slots=True)
class PlanFault:
    """One fault of a plan: where, and which rule."""

    pointer: str
    code: str


@dataclass(eq=False)
class PlanInvalid(RuleBroken):
    """The plan breaks rules; all faults are told at once."""

    faults: tuple[PlanFault, ...]


@dataclass(eq=False)
class NobodyToSeat(RuleBroken):
    """No admitted candidate is waiting for a seat."""


@dataclass(eq=False)
class CapacityShort(RuleBroken):
    """A component has fewer free stations than candidates."""

    component: str
    wanted: int
    free: int
    short: int


@dataclass(eq=False)
class SessionsOverlap(RuleBroken):
    """Those who must sit the named practical sessions outnumber the interview stations at other times."""

    short: int
    practical: str
    elsewhere: int
    compatible: int


@dataclass(eq=False)
class SessionNotOver(RuleBroken):
    """The session can be closed only after its late limit."""

    closes_at: datetime


@dataclass(eq=False)
class SessionsStillOpen(RuleBroken):
    """The plan cannot finish before all its sessions are closed."""

    open: int


@dataclass(eq=False)
class CandidatesNotSeated(RuleBroken):
    """The plan cannot finish while admitted candidates have no seat: each must end with an outcome."""

    waiting: int
