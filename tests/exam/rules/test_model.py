"""What a plan must look like."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

from services.exam.domain.errors import PlanInvalid
from services.exam.domain.model import Component, Session, check_plan

DAY = datetime(2026, 11, 21, tzinfo=UTC)
SITE, OTHER = UUID(int=1), UUID(int=2)


def session(component: Component, start: int, end: int, site: UUID = SITE) -> Session:
    hour = timedelta(hours=1)
    return Session(component=component, site_id=site, starts_at=DAY + start * hour, ends_at=DAY + end * hour)


def faults(*sessions: Session, entry: tuple[int, int] = (0, 1)) -> list[tuple[str, str]]:
    try:
        check_plan(DAY + timedelta(entry[0]), DAY + timedelta(entry[1]), sessions)
    except PlanInvalid as refused:
        return [(fault.pointer, fault.code) for fault in refused.faults]
    return []


def test_a_plan_with_both_components_is_valid() -> None:
    assert faults(session(Component.PRACTICAL, 1, 3), session(Component.INTERVIEW, 3, 5)) == []


def test_every_fault_of_a_plan_is_told_at_once() -> None:
    broken = session(Component.PRACTICAL, 3, 3)
    assert faults(broken, entry=(1, 1)) == [
        ("/entry_closes_at", "entry_closes_early"),
        ("/sessions", "no_interview_session"),
        ("/sessions/0/ends_at", "session_ends_early"),
    ]


def test_a_site_serves_one_session_at_a_time() -> None:
    practical = session(Component.PRACTICAL, 1, 3)
    assert faults(practical, session(Component.INTERVIEW, 2, 4)) == [("/sessions/1", "site_used_twice")]
    assert faults(practical, session(Component.INTERVIEW, 2, 4, OTHER)) == []
