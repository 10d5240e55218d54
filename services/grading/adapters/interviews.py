"""Interviews and their panels' scores, as SQL."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from services.grading.adapters.works import PAGE, held_mark, revision_values
from services.grading.application.records import HeldMark, InterviewRecord, Revision
from services.grading.domain.panel_draw import DrawnInterview
from shared.work import UnitOfWork

_WAITING = """
    SELECT interview_code, institution_id FROM interview
     WHERE plan_id = :plan_id AND panel_id IS NULL ORDER BY interview_code FOR UPDATE
"""
_WAITING_BY_SCHOOL = """
    SELECT institution_id, count(*) AS interviews FROM interview
     WHERE plan_id = :plan_id AND panel_id IS NULL GROUP BY institution_id
"""
_ALLOCATE = """
    UPDATE interview SET panel_id = e.panel_id
      FROM unnest(CAST(:codes AS text[]), CAST(:panels AS uuid[])) AS e (interview_code, panel_id)
     WHERE interview.interview_code = e.interview_code
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
_REVISE = """
    INSERT INTO interview_mark (interview_code, examiner, revision, scores, score, comment, recorded_at)
    SELECT interview_code, :subject, revision, CAST(scores AS jsonb), score, comment, :at
      FROM unnest(CAST(:codes AS text[]), CAST(:revisions AS int[]), CAST(:scores AS text[]),
                  CAST(:totals AS numeric[]), CAST(:comments AS text[]))
           AS e (interview_code, revision, scores, score, comment)
"""
_SETTLE = """
    UPDATE interview SET score = e.score
      FROM unnest(CAST(:codes AS text[]), CAST(:scores AS numeric[])) AS e (interview_code, score)
     WHERE interview.interview_code = e.interview_code
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
        await self._work.execute(_ALLOCATE, {"codes": list(panels), "panels": list(panels.values())})

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
        await self._work.execute(_REVISE, revision_values(subject, revisions, at))

    async def settle(self, scores: Mapping[str, Decimal]) -> None:
        """Keep the panels' joint scores."""
        await self._work.execute(_SETTLE, {"codes": list(scores), "scores": list(scores.values())})
