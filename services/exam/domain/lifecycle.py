"""The life of an exam plan, from draft to archive. Every step either happens or raises `IllegalPlanStep`."""

from enum import StrEnum

from services.exam.domain.errors import CandidatesNotSeated, IllegalPlanStep, SessionsStillOpen


class PlanState(StrEnum):
    """Where a plan stands."""

    DRAFT = "draft"
    APPROVED = "approved"
    PUBLISHED = "published"
    ENTRY_OPEN = "entry_open"
    ENTRY_CLOSED = "entry_closed"
    ARRANGED = "arranged"
    SEALED = "sealed"
    RUNNING = "running"
    FINISHED = "finished"
    ARCHIVED = "archived"


class PlanStep(StrEnum):
    """What can be done with a plan."""

    APPROVE = "approve"
    PUBLISH = "publish"
    OPEN_ENTRY = "open_entry"
    CLOSE_ENTRY = "close_entry"
    ARRANGE = "arrange"
    SEAL = "seal"
    AMEND = "amend"
    START = "start"
    FINISH = "finish"
    ARCHIVE = "archive"


_STEPS: dict[tuple[PlanState, PlanStep], PlanState] = {
    (PlanState.DRAFT, PlanStep.APPROVE): PlanState.APPROVED,
    (PlanState.APPROVED, PlanStep.PUBLISH): PlanState.PUBLISHED,
    (PlanState.PUBLISHED, PlanStep.OPEN_ENTRY): PlanState.ENTRY_OPEN,
    (PlanState.ENTRY_OPEN, PlanStep.CLOSE_ENTRY): PlanState.ENTRY_CLOSED,
    (PlanState.ENTRY_CLOSED, PlanStep.ARRANGE): PlanState.ARRANGED,
    (PlanState.ARRANGED, PlanStep.SEAL): PlanState.SEALED,
    # Somebody admitted late gets a free station: a new version of the seat plan, nobody else moves.
    (PlanState.SEALED, PlanStep.AMEND): PlanState.SEALED,
    (PlanState.RUNNING, PlanStep.AMEND): PlanState.RUNNING,
    (PlanState.SEALED, PlanStep.START): PlanState.RUNNING,
    (PlanState.RUNNING, PlanStep.FINISH): PlanState.FINISHED,
    (PlanState.FINISHED, PlanStep.ARCHIVE): PlanState.ARCHIVED,
}

#: In these states a plan has seats, and its sessions take check-ins.
SEATED = frozenset({PlanState.SEALED, PlanState.RUNNING})


def advance(state: PlanState, *steps: PlanStep) -> PlanState:
    """Return the state after all the steps; raise `IllegalPlanStep` at the first that is not allowed."""
    for step in steps:
        if (state, step) not in _STEPS:
            raise IllegalPlanStep(state=state.value, step=step.value)
        state = _STEPS[state, step]
    return state


def publishing(state: PlanState, *, entry_has_begun: bool) -> PlanState:
    """Return the state after approval and publication; entry opens with it if its time has come."""
    state = advance(state, PlanStep.APPROVE, PlanStep.PUBLISH)
    return advance(state, PlanStep.OPEN_ENTRY) if entry_has_begun else state


def closing_entry(state: PlanState) -> PlanState:
    """Return the state after entry is closed, also if it was never seen open."""
    opening = (PlanStep.OPEN_ENTRY,) if state is PlanState.PUBLISHED else ()
    return advance(state, *opening, PlanStep.CLOSE_ENTRY)


def seating(state: PlanState) -> PlanState:
    """Return the state after everyone waiting was seated: the first time arranged and sealed, later amended."""
    if state in SEATED:
        return advance(state, PlanStep.AMEND)
    return advance(state, PlanStep.ARRANGE, PlanStep.SEAL)


def finishing(state: PlanState) -> PlanState:
    """Return the state after the last session was closed, also if nobody ever checked in."""
    starting = (PlanStep.START,) if state is PlanState.SEALED else ()
    return advance(state, *starting, PlanStep.FINISH)


def check_finishable(*, open_sessions: int, waiting: int) -> None:
    """Raise `SessionsStillOpen` or `CandidatesNotSeated` unless everyone's sitting has ended."""
    if open_sessions:
        raise SessionsStillOpen(open_sessions)
    if waiting:
        raise CandidatesNotSeated(waiting)
