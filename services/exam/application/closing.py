"""The end of sessions and plans: absences are derived from what is missing, never typed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from services.exam.application import publications
from services.exam.application.errors import IllegalPlanStep, SessionUnknown, told
from services.exam.application.planning import locked_plan
from services.exam.application.ports import ExamWork
from services.exam.application.records import OpenSession, PlanCounts
from services.exam.domain.lifecycle import SEATED, PlanState, check_finishable, finishing
from services.exam.domain.model import Plan
from shared.events.exam import CandidateAbsentV1


async def close_session(work: ExamWork, session_id: UUID, now: datetime) -> OpenSession:
    """Close a session after its late limit; the last one finishes the plan. A repeat changes nothing."""
    session = await work.plans.lock_session(session_id)
    if session is None:
        raise SessionUnknown
    if session.closed_at:
        return session
    if session.plan_state not in SEATED:
        raise IllegalPlanStep(state=session.plan_state.value, step="close_session")
    with told():
        session.window.check_over(now)
    missing, no_work = await work.candidates.mark_absent(session, now)
    for candidate in missing:
        event = CandidateAbsentV1(
            application_id=candidate.application_id,
            plan_id=session.plan_id,
            component=session.component.value,
            absent_at=now,
        )
        work.publish(event, version=candidate.version, journey_id=candidate.journey_id)
    await work.flush()
    present = await work.candidates.count_present(session)
    closed = replace(session, closed_at=now, present=present, absent=len(missing), no_work=no_work)
    await work.plans.close_session(closed)
    await _finish_if_last(work, session.plan_id, now)
    return closed


async def finish_plan(work: ExamWork, plan_id: UUID, now: datetime) -> None:
    """Finish a plan whose sessions are all closed; one that is finished stays so."""
    plan = await locked_plan(work, plan_id)
    if plan.state is PlanState.FINISHED:
        return
    open_sessions, counts = await work.plans.open_sessions(plan_id), await work.plans.counts(plan_id)
    await _finish(work, plan, open_sessions, counts, now)


async def _finish(work: ExamWork, plan: Plan, open_sessions: int, counts: PlanCounts, now: datetime) -> None:
    with told():
        state = finishing(plan.state)
        check_finishable(open_sessions=open_sessions, waiting=counts.waiting)
    plan = replace(plan, state=state, version=plan.version + 1)
    await work.plans.save(plan)
    work.publish(publications.plan_finished(plan, counts, now), version=plan.version, journey_id=None)


async def _finish_if_last(work: ExamWork, plan_id: UUID, now: datetime) -> None:
    """Finish with the last session. The plan is locked first, so of two sessions closing at once one is the last."""
    plan = await locked_plan(work, plan_id)
    if await work.plans.open_sessions(plan_id):
        return  # nobody is counted before: every session's end would go through the whole plan
    counts = await work.plans.counts(plan_id)
    if not counts.waiting:
        await _finish(work, plan, 0, counts, now)
