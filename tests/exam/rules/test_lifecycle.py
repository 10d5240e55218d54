"""Any sequence of steps either follows the one road from draft to archive or is refused by name."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exam.domain.errors import CandidatesNotSeated, IllegalPlanStep, SessionsStillOpen
from services.exam.domain.lifecycle import (
    SEATED,
    PlanState,
    PlanStep,
    advance,
    check_finishable,
    closing_entry,
    finishing,
    publishing,
    seating,
)

ROAD = list(PlanState)


@given(st.lists(st.sampled_from(PlanStep), max_size=30))
def test_a_plan_never_goes_back(steps: list[PlanStep]) -> None:
    state = PlanState.DRAFT
    for step in steps:
        if not _allowed(state, step):
            continue
        following = advance(state, step)
        if step is PlanStep.AMEND:
            assert following is state
            assert state in SEATED
        else:
            assert ROAD.index(following) == ROAD.index(state) + 1
        state = following


@pytest.mark.parametrize("state", list(PlanState))
def test_exactly_one_step_leads_on_from_each_state_but_the_last(state: PlanState) -> None:
    onward = [step for step in PlanStep if step is not PlanStep.AMEND and _allowed(state, step)]
    assert len(onward) == (0 if state is PlanState.ARCHIVED else 1)


def _allowed(state: PlanState, step: PlanStep) -> bool:
    try:
        advance(state, step)
    except IllegalPlanStep:
        return False
    return True


def test_a_plan_passes_through_the_states_between() -> None:
    assert publishing(PlanState.DRAFT, entry_has_begun=False) is PlanState.PUBLISHED
    assert publishing(PlanState.DRAFT, entry_has_begun=True) is PlanState.ENTRY_OPEN
    assert closing_entry(PlanState.PUBLISHED) is PlanState.ENTRY_CLOSED
    assert seating(PlanState.ENTRY_CLOSED) is PlanState.SEALED
    assert seating(PlanState.RUNNING) is PlanState.RUNNING
    assert finishing(PlanState.SEALED) is PlanState.FINISHED


def test_seats_wait_for_the_end_of_entry() -> None:
    with pytest.raises(IllegalPlanStep):
        seating(PlanState.ENTRY_OPEN)


def test_a_plan_finishes_when_every_session_is_closed_and_everyone_was_seated() -> None:
    check_finishable(open_sessions=0, waiting=0)
    with pytest.raises(SessionsStillOpen) as still_open:
        check_finishable(open_sessions=2, waiting=3)
    with pytest.raises(CandidatesNotSeated) as not_seated:
        check_finishable(open_sessions=0, waiting=3)
    assert (still_open.value.open, not_seated.value.waiting) == (2, 3)
