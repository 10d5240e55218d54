"""The life of a handed-in work under its code.

sealed -> pooled -> marking -> agreed | third_needed -> agreed | arbitration -> arbitrated; agreed, arbitrated -> locked

`sealed`: handed in, its plan not known yet; `pooled`: waits for markers. Until it is locked, a new revision of any mark
may move a work between agreed, third_needed and arbitration, for agreement is computed anew from all its marks.
"""

from enum import StrEnum

from services.grading.domain.agreement import Agreement


class WorkState(StrEnum):
    """Where a work stands."""

    SEALED = "sealed"
    POOLED = "pooled"
    MARKING = "marking"
    THIRD_NEEDED = "third_needed"
    ARBITRATION = "arbitration"
    AGREED = "agreed"
    ARBITRATED = "arbitrated"
    LOCKED = "locked"


#: States in which markers may give or revise marks; an arbitrator's word ends it.
MARKABLE = frozenset({WorkState.MARKING, WorkState.THIRD_NEEDED, WorkState.ARBITRATION, WorkState.AGREED})
#: States in which an arbitrator may decide or revise the decision.
ARBITRABLE = frozenset({WorkState.ARBITRATION, WorkState.ARBITRATED})
#: States in which a work has its mark, so that marking may be closed.
SETTLED = frozenset({WorkState.AGREED, WorkState.ARBITRATED})

_RECOMPUTED = frozenset({WorkState.THIRD_NEEDED, WorkState.ARBITRATION, WorkState.AGREED})
NEXT: dict[WorkState, frozenset[WorkState]] = {
    WorkState.SEALED: frozenset({WorkState.POOLED}),
    WorkState.POOLED: frozenset({WorkState.MARKING}),
    WorkState.MARKING: frozenset({WorkState.MARKING, WorkState.THIRD_NEEDED, WorkState.AGREED}),
    WorkState.THIRD_NEEDED: _RECOMPUTED,
    WorkState.ARBITRATION: frozenset({WorkState.ARBITRATION, WorkState.AGREED, WorkState.ARBITRATED}),
    WorkState.AGREED: _RECOMPUTED | {WorkState.LOCKED},
    WorkState.ARBITRATED: frozenset({WorkState.ARBITRATED, WorkState.LOCKED}),
    WorkState.LOCKED: frozenset(),
}


class IllegalStep(Exception):
    """A work cannot go from one state to the other."""

    def __init__(self, state: WorkState, wanted: WorkState) -> None:
        """Keep both states."""
        super().__init__(f"a work that is {state} cannot become {wanted}")
        self.state = state
        self.wanted = wanted


def step(state: WorkState, wanted: WorkState) -> WorkState:
    """Return the wanted state; raise `IllegalStep` if no such step exists."""
    if wanted not in NEXT[state]:
        raise IllegalStep(state, wanted)
    return wanted


def follow(state: WorkState, agreement: Agreement) -> WorkState:
    """Return the state that a newly computed agreement puts the work in."""
    return step(state, WorkState(agreement.stage.value))
