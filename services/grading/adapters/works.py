"""Works and their marks, as SQL."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import starmap
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from services.grading.application.records import HeldMark, Revision, Settled, WorkRecord
from services.grading.domain.allocation import Pair, PoolWork
from services.grading.domain.work import SETTLED, WorkState
from shared.events.exam import WorkSubmittedV1
from shared.events.received import Received
from shared.work import UnitOfWork

#: So many are given markers or panels at a time: what a draw needs of memory does not grow with the plan.
PAGE = 5_000

_ADD = """
    INSERT INTO work (work_code, plan_id, institution_id, artefacts, state, submitted_at)
    SELECT work_code, plan_id, institution_id, CAST(artefacts AS jsonb),
           CASE WHEN EXISTS (SELECT FROM plan WHERE plan.plan_id = e.plan_id) THEN 'pooled' ELSE 'sealed' END,
           submitted_at
      FROM unnest(CAST(:codes AS text[]), CAST(:plans AS uuid[]), CAST(:institutions AS uuid[]),
                  CAST(:artefacts AS text[]), CAST(:times AS timestamptz[]))
           AS e (work_code, plan_id, institution_id, artefacts, submitted_at)
    ON CONFLICT DO NOTHING
"""
_POOL = "UPDATE work SET state = 'pooled' WHERE plan_id = ANY(CAST(:plans AS uuid[])) AND state = 'sealed'"
# A work may still be sealed here: it and its plan can have arrived in two transactions that did not see each other.
_WAITING = """
    SELECT work_code, institution_id FROM work
     WHERE plan_id = :plan_id AND state IN ('sealed', 'pooled') ORDER BY work_code FOR UPDATE
"""
_WAITING_BY_SCHOOL = """
    SELECT institution_id, count(*) AS works FROM work
     WHERE plan_id = :plan_id AND state IN ('sealed', 'pooled') GROUP BY institution_id
"""
_LOADS = """
    SELECT marker, position, count(*) AS works FROM allocation WHERE plan_id = :plan_id GROUP BY marker, position
"""
_ALLOCATE = """
    WITH pairs AS (
        SELECT work_code, first, second
          FROM unnest(CAST(:codes AS text[]), CAST(:firsts AS text[]), CAST(:seconds AS text[]))
               AS e (work_code, first, second)
    ), given AS (
        INSERT INTO allocation (work_code, position, plan_id, marker)
        SELECT work_code, position, CAST(:plan_id AS uuid), CASE position WHEN 1 THEN first ELSE second END
          FROM pairs CROSS JOIN (VALUES (1), (2)) AS positions (position)
    )
    UPDATE work SET state = 'marking' FROM pairs WHERE work.work_code = pairs.work_code
"""
_THIRDS = """
    INSERT INTO allocation (work_code, position, plan_id, marker)
    SELECT work_code, 3, :plan_id, marker
      FROM unnest(CAST(:codes AS text[]), CAST(:markers AS text[])) AS e (work_code, marker)
"""
_WITHOUT_THIRD = """
    SELECT work_code, institution_id,
           ARRAY(SELECT marker FROM allocation a WHERE a.work_code = w.work_code ORDER BY position) AS markers
      FROM work w
     WHERE plan_id = :plan_id AND state = 'third_needed'
       AND NOT EXISTS (SELECT FROM allocation t WHERE t.work_code = w.work_code AND t.position = 3)
     ORDER BY work_code FOR UPDATE
"""
_LOCK = """
    SELECT work_code, institution_id, state FROM work
     WHERE plan_id = :plan_id AND work_code = ANY(CAST(:codes AS text[])) ORDER BY work_code FOR UPDATE
"""
# Read after the lock, in a statement of its own: it must see what others committed while we waited for the lock.
_MARKS = """
    SELECT DISTINCT ON (work_code, position) work_code, position, coalesce(m.marker, a.marker) AS marker,
           coalesce(m.revision, 0) AS revision, m.score,
           CASE WHEN m.marker = :subject THEN CAST(m.scores AS text) END AS scores,
           CASE WHEN m.marker = :subject THEN m.comment END AS comment
      FROM (SELECT work_code, position, marker FROM allocation WHERE work_code = ANY(CAST(:codes AS text[]))) a
      FULL JOIN (SELECT * FROM mark WHERE work_code = ANY(CAST(:codes AS text[]))) m USING (work_code, position)
     ORDER BY work_code, position, m.revision DESC
"""
_REVISE = """
    INSERT INTO mark (work_code, position, revision, marker, scores, score, comment, recorded_at)
    SELECT work_code, position, revision, :subject, CAST(scores AS jsonb), score, comment, :at
      FROM unnest(CAST(:codes AS text[]), CAST(:places AS smallint[]), CAST(:revisions AS int[]),
                  CAST(:scores AS text[]), CAST(:totals AS numeric[]), CAST(:comments AS text[]))
           AS e (work_code, position, revision, scores, score, comment)
"""
_SETTLE = """
    UPDATE work SET state = e.state, score = e.score
      FROM unnest(CAST(:codes AS text[]), CAST(:states AS text[]), CAST(:scores AS numeric[]))
           AS e (work_code, state, score)
     WHERE work.work_code = e.work_code
"""
_COUNT = "SELECT state, count(*) AS works FROM work WHERE plan_id = :plan_id GROUP BY state"
_CLOSE = "UPDATE work SET state = 'locked' WHERE plan_id = :plan_id AND state = ANY(CAST(:settled AS text[]))"


_STATES = {state.value: state for state in WorkState}


class SqlWorks:
    """The port `Works` on PostgreSQL."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def add(self, events: Sequence[Received[WorkSubmittedV1]]) -> None:
        """Keep handed-in works: pooled if their plan is known, else sealed."""
        values = {
            "codes": [event.data.work_code for event in events],
            "plans": [event.data.plan_id for event in events],
            "institutions": [event.data.institution_id for event in events],
            "artefacts": [json.dumps([item.model_dump() for item in event.data.artefacts]) for event in events],
            "times": [event.data.submitted_at for event in events],
        }
        await self._work.execute(_ADD, values)

    async def pool(self, plan_ids: Sequence[UUID]) -> None:
        """Pool the sealed works of plans that are now known."""
        await self._work.execute(_POOL, {"plans": list(plan_ids)})

    async def waiting(self, plan_id: UUID) -> AsyncIterator[list[PoolWork]]:
        """Yield and lock the works that have no markers, some at a time."""
        async for rows in self._work.pages(_WAITING, {"plan_id": plan_id}, PAGE):
            yield [PoolWork(row.work_code, row.institution_id) for row in rows]

    async def waiting_by_school(self, plan_id: UUID) -> dict[UUID | None, int]:
        """Return how many works of each school have no markers."""
        rows = await self._work.rows(_WAITING_BY_SCHOOL, {"plan_id": plan_id})
        return {row.institution_id: row.works for row in rows}

    async def loads(self, plan_id: UUID) -> dict[tuple[str, int], int]:
        """Return how many works each marker has in each position."""
        rows = await self._work.rows(_LOADS, {"plan_id": plan_id})
        return {(row.marker, row.position): row.works for row in rows}

    async def allocate(self, plan_id: UUID, pairs: Sequence[Pair]) -> None:
        """Give works their two markers; they are then in marking."""
        values = {
            "plan_id": plan_id,
            "codes": [pair.work_code for pair in pairs],
            "firsts": [pair.first for pair in pairs],
            "seconds": [pair.second for pair in pairs],
        }
        await self._work.execute(_ALLOCATE, values)

    async def without_third(self, plan_id: UUID) -> AsyncIterator[list[WorkRecord]]:
        """Yield and lock the works that need a third marker and have none, some at a time."""
        async for rows in self._work.pages(_WITHOUT_THIRD, {"plan_id": plan_id}, PAGE):
            yield [
                WorkRecord(code, school, WorkState.THIRD_NEEDED, tuple(starmap(HeldMark, enumerate(markers, 1))))
                for code, school, markers in map(tuple, rows)
            ]

    async def allocate_thirds(self, plan_id: UUID, thirds: Mapping[str, str]) -> None:
        """Give works their third marker."""
        values = {"plan_id": plan_id, "codes": list(thirds), "markers": list(thirds.values())}
        await self._work.execute(_THIRDS, values)

    async def lock(self, plan_id: UUID, codes: Sequence[str], subject: str) -> dict[str, WorkRecord]:
        """Lock the works and return them with the current revision of every mark; points only of the person's own."""
        rows = await self._work.rows(_LOCK, {"plan_id": plan_id, "codes": list(codes)})
        held: dict[str, list[HeldMark]] = {row.work_code: [] for row in rows}
        marks = await self._work.rows(_MARKS, {"codes": list(held), "subject": subject})
        for code, position, marker, *mark in map(tuple, marks):
            held[code].append(held_mark(position, marker, *mark))
        return {
            code: WorkRecord(code, institution_id, _STATES[state], tuple(held[code]))
            for code, institution_id, state in map(tuple, rows)
        }

    async def revise(self, subject: str, revisions: Sequence[Revision], at: datetime) -> None:
        """Add revisions of a person's marks."""
        values = revision_values(subject, revisions, at)
        values["places"] = [revision.place for revision in revisions]
        await self._work.execute(_REVISE, values)

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Keep where works stand."""
        values = {
            "codes": [each.work_code for each in settled],
            "states": [each.state.value for each in settled],
            "scores": [each.score for each in settled],
        }
        await self._work.execute(_SETTLE, values)

    async def count(self, plan_id: UUID) -> dict[WorkState, int]:
        """Return how many works are in each state."""
        rows = await self._work.rows(_COUNT, {"plan_id": plan_id})
        return {WorkState(row.state): row.works for row in rows}

    async def close(self, plan_id: UUID) -> None:
        """Lock all settled works for good."""
        await self._work.execute(_CLOSE, {"plan_id": plan_id, "settled": [state.value for state in SETTLED]})


def held_mark(
    place: int, subject: str, revision: int, score: Decimal | None, scores: str | None, comment: str | None
) -> HeldMark:
    """Return a place with the current revision of its mark, whose points are JSON where they are told."""
    return HeldMark(place, subject, revision, score, None if scores is None else json.loads(scores), comment)


def revision_values(subject: str, revisions: Sequence[Revision], at: datetime) -> dict[str, Any]:
    """Return the values that marks of works and of interviews share."""
    return {
        "at": at,
        "subject": subject,
        "codes": [revision.code for revision in revisions],
        "revisions": [revision.revision for revision in revisions],
        "scores": [to_json(revision.scores).decode() for revision in revisions],
        "totals": [revision.score for revision in revisions],
        "comments": [revision.comment for revision in revisions],
    }
