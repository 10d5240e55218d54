"""Interview scores: each examiner of a panel scores alone; the panel's score stands when all are in."""

from services.grading.application.commands import RecordScores
from services.grading.application.errors import AlreadyReleased, PlanUnknown, refusal
from services.grading.application.given import check_given, is_unchanged
from services.grading.application.ports import GradingWork
from services.grading.application.records import HeldMark, InterviewRecord
from services.grading.domain.completeness import PlanState
from services.grading.domain.panel import join_panel
from shared.errors import FieldError


async def record_interviews(work: GradingWork, command: RecordScores) -> list[FieldError | None]:
    """Record an examiner's scores; return each item's refusal, or nothing if it was recorded."""
    plan = await work.plans.find(command.plan_id)
    if plan is None:
        raise PlanUnknown
    if plan.state is PlanState.RELEASED:
        raise AlreadyReleased
    rules = plan.rules.interview
    checked, answers = check_given(rules.rubric, command.items)
    records = await work.interviews.lock(command.plan_id, sorted(item.given.code for item in checked), command.subject)
    revisions, joined = [], {}
    for item in checked:
        held = _place(records.get(item.given.code), command.subject)
        if isinstance(held, str):
            answers[item.at] = refusal(f"/items/{item.at}/interview_code", held)
        elif not is_unchanged(item, held, command.subject):
            revisions.append(item.as_revision(held))
            others = [mark.score for mark in records[item.given.code].held if mark is not held]
            scores = [score for score in (*others, item.score) if score is not None]
            if len(scores) == len(others) + 1:
                joined[item.given.code] = join_panel(rules.aggregate, scores)
    await work.interviews.revise(command.subject, revisions, command.recorded_at)
    await work.interviews.settle(joined)
    return answers


def _place(record: InterviewRecord | None, examiner: str) -> HeldMark | str:
    if record is None:
        return "unknown-code"
    return next((held for held in record.held if held.subject == examiner), "not-yours")
