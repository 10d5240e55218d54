"""Any sequence of steps either follows the one road from draft to archive or is refused by name."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.exam.domain.errors import IllegalPlanStep
from services.exam.domain.lifecycle import SEATED, PlanState, PlanStep, advance
from services.exam.domain.model import PlanRules, SittingStatus
from services.exam.domain.sitting import Deed, Refusal, Sitting, record
from services.exam.domain.timing import Window

ROAD = list(PlanState)
START = datetime(2026, 11, 21, 9, tzinfo=UTC)
WINDOW = Window(starts_at=START, ends_at=START + timedelta(hours=2), rules=PlanRules())


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


minutes = st.integers(-90, 150)
deeds = st.sampled_from([Deed.HAND_IN, Deed.ATTEND]).flatmap(
    lambda late: st.lists(st.tuples(st.sampled_from([Deed.CHECK_IN, late]), minutes), max_size=8)
)


@given(deeds)
def test_a_sitting_only_moves_forward_and_repeats_change_nothing(given_deeds: list[tuple[Deed, int]]) -> None:
    sitting = Sitting(SittingStatus.EXPECTED)
    ends = {SittingStatus.HANDED_IN, SittingStatus.ATTENDED}
    for deed, minutes in given_deeds:
        at = START + timedelta(minutes=minutes)
        after = record(sitting, deed, at, WINDOW)
        if isinstance(after, Refusal):
            continue
        assert after.status is not SittingStatus.EXPECTED
        assert sitting.status not in ends or after == sitting
        assert sitting.status is SittingStatus.EXPECTED or after.at is not None
        assert WINDOW.opens_at <= at <= WINDOW.ends_at
        sitting = after


@given(st.sampled_from([SittingStatus.ABSENT, SittingStatus.NO_WORK]), st.sampled_from(Deed), st.integers(-90, 150))
def test_absence_is_never_undone_by_a_device(status: SittingStatus, deed: Deed, minutes: int) -> None:
    outcome = record(Sitting(status), deed, START + timedelta(minutes=minutes), WINDOW)
    assert isinstance(outcome, Refusal)
