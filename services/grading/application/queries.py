"""What people see of grading. Nothing here shows a score before the release, or to a marker what others did."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.grading.application.errors import NotReleased, PlanUnknown
from services.grading.application.ports import Reads
from services.grading.application.rules import read_blueprint
from services.grading.domain.completeness import PlanState
from shared import ids
from shared.standards.blueprint import Blueprint

_PLANS = """
    SELECT plan_id, title, state, closed_at, released_at FROM plan
     WHERE plan_id < :after ORDER BY plan_id DESC LIMIT :limit
"""
_PLAN = """
    SELECT plan_id, title, state, closed_at, released_at, CAST(blueprint AS text) AS blueprint
      FROM plan WHERE plan_id = :plan_id
"""
_PROGRESS = """
    SELECT coalesce(sum(works), 0) AS works,
           coalesce(sum(works) FILTER (WHERE state IN ('agreed', 'arbitrated', 'locked')), 0) AS agreed,
           coalesce(sum(works) FILTER (WHERE state = 'third_needed'), 0) AS third_needed,
           coalesce(sum(works) FILTER (WHERE state = 'arbitration'), 0) AS arbitration,
           (SELECT count(DISTINCT m.work_code) FROM work w JOIN mark m USING (work_code)
             WHERE w.plan_id = :plan_id AND w.state = 'marking') AS marked_once,
           (SELECT count(*) FROM work w WHERE w.plan_id = :plan_id AND w.state = 'third_needed'
               AND NOT EXISTS (SELECT FROM allocation a WHERE a.work_code = w.work_code AND a.position = 3)
           ) AS third_without_marker,
           (SELECT count(*) FROM interview WHERE plan_id = :plan_id) AS interviews,
           (SELECT count(score) FROM interview WHERE plan_id = :plan_id) AS interviews_scored,
           (SELECT count(*) FROM candidate WHERE plan_id = :plan_id AND seated) AS candidates,
           (SELECT count(*) FROM candidate WHERE plan_id = :plan_id AND (absent_practical OR absent_interview)
           ) AS absent,
           (SELECT expected_works FROM plan WHERE plan_id = :plan_id) AS expected_works,
           (SELECT expected_candidates FROM plan WHERE plan_id = :plan_id) AS expected_candidates
      FROM (SELECT state, count(*) AS works FROM work WHERE plan_id = :plan_id GROUP BY state) AS by_state
"""
# A third marker is asked only while the first two disagree; the position itself is never told.
_MARKING_TASKS = """
    SELECT w.work_code, CAST(w.artefacts AS text) AS artefacts
      FROM allocation a JOIN work w USING (work_code)
     WHERE a.plan_id = :plan_id AND a.marker = :subject AND a.work_code > :after
       AND w.state = CASE a.position WHEN 3 THEN 'third_needed' ELSE 'marking' END
       AND NOT EXISTS (SELECT FROM mark m WHERE m.work_code = a.work_code AND m.position = a.position)
     ORDER BY a.work_code LIMIT :limit
"""
_ARBITRATIONS = """
    SELECT w.work_code, CAST(w.artefacts AS text) AS artefacts FROM work w
     WHERE w.plan_id = :plan_id AND w.state = 'arbitration' AND w.work_code > :after
       AND (w.institution_id IS NULL OR w.institution_id IS DISTINCT FROM CAST(:institution_id AS uuid))
       AND NOT EXISTS (SELECT FROM allocation a WHERE a.work_code = w.work_code AND a.marker = :subject)
     ORDER BY w.work_code LIMIT :limit
"""
# A page of each panel, of which the first are the page: an index gives them in order, whatever the panel still has.
_INTERVIEW_TASKS = """
    SELECT i.interview_code
      FROM panel_examiner x
     CROSS JOIN LATERAL (SELECT i.interview_code FROM interview i
                          WHERE i.plan_id = x.plan_id AND i.panel_id = x.panel_id AND i.interview_code > :after
                            AND NOT EXISTS (SELECT FROM interview_mark m
                                             WHERE m.interview_code = i.interview_code AND m.examiner = x.examiner)
                          ORDER BY i.interview_code LIMIT :limit) i
     WHERE x.plan_id = :plan_id AND x.examiner = :subject
     ORDER BY i.interview_code LIMIT :limit
"""
_RESULTS = """
    SELECT application_id, version, outcome, practical, interview, total, released_at FROM result
     WHERE plan_id = :plan_id AND application_id > :after
     ORDER BY application_id LIMIT :limit
"""


async def plans(reads: Reads, after: UUID | None, limit: int) -> Sequence[Any]:
    """Return plans, the newest first."""
    return await reads.rows(_PLANS, {"after": after or ids.LAST, "limit": limit})


async def plan(reads: Reads, plan_id: UUID) -> tuple[Any, Blueprint]:
    """Return one plan with its blueprint; raise `PlanUnknown`."""
    rows = await reads.rows(_PLAN, {"plan_id": plan_id})
    if not rows:
        raise PlanUnknown
    return rows[0], read_blueprint(rows[0].blueprint)


async def progress(reads: Reads, plan_id: UUID) -> Any:
    """Return how far marking is, in counts. Not for markers: changes in it would tell who else has marked."""
    return (await reads.rows(_PROGRESS, {"plan_id": plan_id}))[0]


async def marking_tasks(reads: Reads, plan_id: UUID, subject: str, after: str, limit: int) -> Sequence[Any]:
    """Return the works that a marker has still to mark, by code."""
    return await reads.rows(_MARKING_TASKS, {"plan_id": plan_id, "subject": subject, "after": after, "limit": limit})


async def arbitrations(
    reads: Reads, plan_id: UUID, subject: str, institution_id: UUID | None, *, after: str, limit: int
) -> Sequence[Any]:
    """Return the works that wait for an arbitrator and may be decided by this one."""
    values = {"plan_id": plan_id, "subject": subject, "institution_id": institution_id, "after": after}
    return await reads.rows(_ARBITRATIONS, values | {"limit": limit})


async def interview_tasks(reads: Reads, plan_id: UUID, subject: str, after: str, limit: int) -> Sequence[Any]:
    """Return the interviews that an examiner has still to score, by code."""
    return await reads.rows(_INTERVIEW_TASKS, {"plan_id": plan_id, "subject": subject, "after": after, "limit": limit})


async def results(reads: Reads, plan_id: UUID, after: UUID | None, limit: int) -> Sequence[Any]:
    """Return released results; raise `NotReleased` before, even if there were rows."""
    if (await plan(reads, plan_id))[0].state != PlanState.RELEASED:
        raise NotReleased
    return await reads.rows(_RESULTS, {"plan_id": plan_id, "after": after or ids.FIRST, "limit": limit})
