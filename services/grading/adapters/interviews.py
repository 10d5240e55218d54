"""Interviews and their panels' scores, as SQL."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from services.grading.adapters.works import PAGE, held_mark, points_json
from services.grading.application.records import HeldMark, InterviewRecord, Revision
from services.grading.domain.panel_draw import DrawnInterview
from shared.database.columns import Columns, Jsonb
from shared.work import UnitOfWork


class _Allocated(NamedTuple):
    interview_code: str
    panel_id: UUID


class _Settled(NamedTuple):
    interview_code: str
    score: Decimal


class _Revised(NamedTuple):
    interview_code: str
    revision: int
    scores: Jsonb
    score: Decimal
    comment: str | None


_ALLOCATED, _SETTLED, _REVISED = Columns(_Allocated), Columns(_Settled), Columns(_Revised)
_WAITING = """
    SELECT interview_code, institution_id FROM interview
     WHERE plan_id = :plan_id AND panel_id IS NULL ORDER BY interview_code FOR UPDATE
"""
_WAITING_BY_SCHOOL = """
    SELECT institution_id, count(*) AS interviews FROM interview
     WHERE plan_id = :plan_id AND panel_id IS NULL GROUP BY institution_id
"""
_ALLOCATE = f"""
    UPDATE interview SET {_ALLOCATED.assigned("new", "interview_code")}
      FROM {_ALLOCATED.unnest("new")} WHERE interview.interview_code = new.interview_code
"""
_LOCK = """
    SELECT interview_code FROM interview
     WHERE plan_id = :plan_id AND interview_code = ANY(CAST(:codes AS text[])) ORDER BY interview_code FOR UPDATE
"""
# Read after the lock, in a statement of its own: it must see what others committed while we waited for the lock.
_MARKS = """
    SELECT DISTINCT ON (i.interview_code, x.examiner) i.interview_code, x.examiner,
           coalesce(m.revision, 0) AS revision, m.score,
           CASE WHEN x.examiner = :subject THEN CAST(m.scores AS text) END AS scores,
           CASE WHEN x.examiner = :subject THEN m.comment END AS comment
      FROM interview i JOIN panel_examiner x USING (panel_id)
      LEFT JOIN interview_mark m ON m.interview_code = i.interview_code AND m.examiner = x.examiner
     WHERE i.interview_code = ANY(CAST(:codes AS text[]))
     ORDER BY i.interview_code, x.examiner, m.revision DESC
"""
_REVISE = f"""
    INSERT INTO interview_mark (examiner, recorded_at, {_REVISED})
    SELECT :subject, :at, {_REVISED} FROM {_REVISED.unnest("new")}
"""
_SETTLE = f"""
    UPDATE interview SET {_SETTLED.assigned("new", "interview_code")}
      FROM {_SETTLED.unnest("new")} WHERE interview.interview_code = new.interview_code
"""


class SqlInterviews:
    """The port `Interviews` on PostgreSQL."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def waiting(self, plan_id: UUID) -> AsyncIterator[list[DrawnInterview]]:
        """Yield and lock the interviews that have no panel, some at a time."""
        async for rows in self._work.pages(_WAITING, {"plan_id": plan_id}, PAGE):
            yield [DrawnInterview(row.interview_code, row.institution_id) for row in rows]

    async def waiting_by_school(self, plan_id: UUID) -> dict[UUID | None, int]:
        """Return how many interviews of each school have no panel."""
        rows = await self._work.rows(_WAITING_BY_SCHOOL, {"plan_id": plan_id})
        return {row.institution_id: row.interviews for row in rows}

    async def allocate(self, panels: Mapping[str, UUID]) -> None:
        """Give interviews their panels."""
        await self._work.execute(_ALLOCATE, _ALLOCATED.binds([_Allocated(*each) for each in panels.items()]))

    async def lock(self, plan_id: UUID, codes: Sequence[str], subject: str) -> dict[str, InterviewRecord]:
        """Lock the interviews and return them with every examiner's current mark; points only of the person's own."""
        rows = await self._work.rows(_LOCK, {"plan_id": plan_id, "codes": list(codes)})
        held: dict[str, list[HeldMark]] = {row.interview_code: [] for row in rows}
        marks = await self._work.rows(_MARKS, {"codes": list(held), "subject": subject})
        for code, examiner, *mark in map(tuple, marks):
            held[code].append(held_mark(len(held[code]), examiner, *mark))
        return {code: InterviewRecord(code, tuple(marks)) for code, marks in held.items()}

    async def revise(self, subject: str, revisions: Sequence[Revision], at: datetime) -> None:
        """Add revisions of an examiner's marks."""
        rows = [
            _Revised(each.code, each.revision, points_json(each.scores), each.score, each.comment) for each in revisions
        ]
        await self._work.execute(_REVISE, _REVISED.binds(rows) | {"subject": subject, "at": at})

    async def settle(self, scores: Mapping[str, Decimal]) -> None:
        """Keep the panels' joint scores."""
        await self._work.execute(_SETTLE, _SETTLED.binds([_Settled(*each) for each in scores.items()]))
