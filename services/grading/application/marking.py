"""Blind marks and arbitration: check, record, agree, and draw a third marker at once where marks disagree."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from services.grading.application.commands import RecordScores
from services.grading.application.errors import MarkingIsClosed, PlanUnknown, refusal
from services.grading.application.given import Checked, check_given, is_unchanged
from services.grading.application.ports import GradingWork
from services.grading.application.records import HeldMark, PlanRecord, Revision, Settled, WorkRecord
from services.grading.domain.agreement import Marks, agree
from services.grading.domain.allocation import Marker, may_mark, third_marker
from services.grading.domain.completeness import PlanState
from services.grading.domain.work import ARBITRABLE, MARKABLE, WorkState, follow
from shared.errors import FieldError

FIRST, SECOND, THIRD, ARBITRATOR = 1, 2, 3, 4

#: Says which mark of the work the person holds, or why the person has no say.
FindPlace = Callable[[WorkRecord, RecordScores], "HeldMark | str"]


@dataclass
class _Changes:
    """What a bulk request changes, collected before it is written."""

    revisions: list[Revision] = field(default_factory=list)
    settled: list[Settled] = field(default_factory=list)
    without_third: list[WorkRecord] = field(default_factory=list)


async def record_marks(work: GradingWork, command: RecordScores) -> list[FieldError | None]:
    """Record a marker's finished works; return each item's refusal, or nothing if it was recorded."""
    return await _record(work, command, _markers_place)


async def record_arbitrations(work: GradingWork, command: RecordScores) -> list[FieldError | None]:
    """Record an arbitrator's decisions, which stand; return each item's refusal, or nothing."""
    answers = await _record(work, command, _arbitrators_place)
    decided = [item.code for item, answer in zip(command.items, answers, strict=True) if answer is None]
    await work.audit(command.subject, "works.arbitrated", str(command.plan_id), {"work_codes": decided})
    return answers


async def draw_thirds(work: GradingWork, plan: PlanRecord, needy: Sequence[WorkRecord]) -> None:
    """Give works their third marker; those for whom nobody is left wait for new markers and the next allocation."""
    if not needy:
        return
    markers = await work.plans.markers(plan.plan_id)
    drawn = {record.work_code: _draw_third(record, markers) for record in needy}
    await work.works.allocate_thirds(plan.plan_id, {code: marker for code, marker in drawn.items() if marker})


def _draw_third(record: WorkRecord, markers: Sequence[Marker]) -> str | None:
    free = [marker for marker in markers if may_mark(marker.institution_id, record.institution_id)]
    return third_marker(record.work_code, free, [held.subject for held in record.held])


async def _record(work: GradingWork, command: RecordScores, find_place: FindPlace) -> list[FieldError | None]:
    plan = await work.plans.find(command.plan_id)
    if plan is None:
        raise PlanUnknown
    if plan.state is not PlanState.MARKING:
        raise MarkingIsClosed
    checked, answers = check_given(plan.rules.practical.rubric, command.items)
    records = await work.works.lock(command.plan_id, sorted(item.given.code for item in checked), command.subject)
    changes = _Changes()
    for item in checked:
        record = records.get(item.given.code)
        held = find_place(record, command) if record else "unknown-code"
        if record and isinstance(held, HeldMark):
            answers[item.at] = _judge(plan, command, item, record, held, changes)
        else:
            answers[item.at] = refusal(f"/items/{item.at}/work_code", str(held))
    await work.works.revise(command.subject, changes.revisions, command.recorded_at)
    await work.works.settle(changes.settled)
    await draw_thirds(work, plan, changes.without_third)
    return answers


def _markers_place(record: WorkRecord, command: RecordScores) -> HeldMark | str:
    mine = [held for held in record.held if held.subject == command.subject and held.place != ARBITRATOR]
    return mine[0] if mine else "not-yours"


def _arbitrators_place(record: WorkRecord, command: RecordScores) -> HeldMark | str:
    if record.state not in ARBITRABLE:
        return "not-in-arbitration"
    if not may_mark(command.institution_id, record.institution_id):
        return "own-institution"
    if command.subject in [held.subject for held in record.held if held.place != ARBITRATOR]:
        return "not-yours"
    decided = [held for held in record.held if held.place == ARBITRATOR]
    return decided[0] if decided else HeldMark(ARBITRATOR, command.subject)


def _judge(
    plan: PlanRecord, command: RecordScores, item: Checked, record: WorkRecord, held: HeldMark, changes: _Changes
) -> FieldError | None:
    """Take one checked item into the changes, or say why it comes too late."""
    if is_unchanged(item, held, command.subject):
        return None
    if record.state not in (ARBITRABLE if held.place == ARBITRATOR else MARKABLE):
        return refusal(f"/items/{item.at}/work_code", "already-closed")
    changes.revisions.append(item.as_revision(held))
    scores = {mark.place: mark.score for mark in record.held} | {held.place: item.score}
    agreement = agree(
        plan.rules.practical.agreement, Marks(*(scores.get(place) for place in range(FIRST, ARBITRATOR + 1)))
    )
    state = follow(record.state, agreement)
    changes.settled.append(Settled(record.work_code, state, agreement.score))
    if state is WorkState.THIRD_NEEDED and THIRD not in scores:
        changes.without_third.append(record)
    return None
