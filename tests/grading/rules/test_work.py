"""The states of a work."""

import pytest

from services.grading.domain.agreement import Agreement, Stage
from services.grading.domain.work import ARBITRABLE, MARKABLE, NEXT, SETTLED, IllegalStep, WorkState, follow, step


def test_ordinary_life_runs_to_locked():
    state = step(step(WorkState.SEALED, WorkState.POOLED), WorkState.MARKING)
    for stage in (Stage.MARKING, Stage.THIRD_NEEDED, Stage.ARBITRATION, Stage.ARBITRATED):
        state = follow(state, Agreement(stage))
    assert step(state, WorkState.LOCKED) is WorkState.LOCKED


def test_agreement_is_undone_when_a_mark_changes():
    state = follow(WorkState.MARKING, Agreement(Stage.AGREED))
    assert follow(state, Agreement(Stage.THIRD_NEEDED)) is WorkState.THIRD_NEEDED
    assert follow(WorkState.AGREED, Agreement(Stage.ARBITRATION)) is WorkState.ARBITRATION


@pytest.mark.parametrize("state", list(WorkState))
def test_locked_is_reached_only_with_a_mark_and_never_left(state):
    if state in SETTLED:
        step(state, WorkState.LOCKED)
    else:
        with pytest.raises(IllegalStep):
            step(state, WorkState.LOCKED)
    with pytest.raises(IllegalStep):
        step(WorkState.LOCKED, state)


def test_every_state_is_in_the_table_and_only_markable_ones_take_marks():
    assert set(NEXT) == set(WorkState)
    assert not MARKABLE & {WorkState.SEALED, WorkState.POOLED, WorkState.ARBITRATED, WorkState.LOCKED}
    assert {WorkState.ARBITRATION, WorkState.ARBITRATED} == ARBITRABLE
