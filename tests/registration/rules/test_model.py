"""The application's life against a transition table written out by hand."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.registration.domain.errors import AlreadySeated, IllegalTransition
from services.registration.domain.model import Application, Decision, Status

#: action -> {from: to}. What is not here and is not already the target is refused.
ORACLE = {
    "submit": {"draft": "submitted", "returned": "submitted"},
    "start_review": {"submitted": "under_review"},
    "admit": {"submitted": "admitted", "under_review": "admitted"},
    "refuse": {"submitted": "refused", "under_review": "refused"},
    "return": {"submitted": "returned", "under_review": "returned"},
    "withdraw": dict.fromkeys(["draft", "submitted", "under_review", "returned", "admitted"], "withdrawn"),
    "void": dict.fromkeys(
        ["draft", "submitted", "under_review", "returned", "admitted", "refused", "withdrawn"], "voided"
    ),
}
TARGET = {
    "submit": "submitted",
    "start_review": "under_review",
    "admit": "admitted",
    "refuse": "refused",
    "return": "returned",
    "withdraw": "withdrawn",
    "void": "voided",
}
ANNOUNCED = {"admitted", "refused", "withdrawn", "voided"}


def act(application: Application, action: str) -> Application:
    if action in set(Decision):
        return application.decide(Decision(action))
    after: Application = getattr(application, action)()
    return after


@given(st.sampled_from(list(Status)), st.sampled_from(sorted(ORACLE)), st.integers(0, 9))
def test_every_step_happens_or_is_a_no_op_or_is_refused(status, action, version):
    before = Application(status, version=version, event_version=version)
    target = ORACLE[action].get(status)
    if target:
        after = act(before, action)
        assert after.status == target
        assert after.version > before.version
        assert after.event_version == before.event_version + (target in ANNOUNCED)
    elif status == TARGET[action]:
        assert act(before, action) is before
    else:
        with pytest.raises(IllegalTransition) as refused:
            act(before, action)
        assert (refused.value.status, refused.value.action) == (status, action)


@given(st.lists(st.sampled_from(sorted(ORACLE)), max_size=30), st.booleans())
def test_a_life_announces_each_event_once_and_ends_when_voided(actions, seated):
    application = Application(seated=seated)
    announced = 0
    for action in actions:
        try:
            after = act(application, action)
        except (IllegalTransition, AlreadySeated):
            continue
        if application.status is Status.VOIDED:
            assert after is application
        announced += after.status != application.status and after.status in ANNOUNCED
        assert after.version >= application.version
        application = after
    assert application.event_version == announced


def test_nobody_enters_or_leaves_once_seats_are_arranged():
    for status, action in ((Status.SUBMITTED, "admit"), (Status.ADMITTED, "withdraw")):
        with pytest.raises(AlreadySeated):
            act(Application(status, seated=True), action)
