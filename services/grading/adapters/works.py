"""Works and their marks, as SQL."""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import starmap
from typing import NamedTuple
from uuid import UUID

from pydantic_core import to_json

from services.grading.application.records import HeldMark, Revision, Settled, WorkRecord
from services.grading.domain.allocation import Pair, PoolWork
from services.grading.domain.work import SETTLED, WorkState
from shared.database.columns import Columns, Jsonb
from shared.events.exam import WorkSubmittedV1
from shared.events.received import Received
from shared.work import UnitOfWork

#: So many are given markers or panels at a time: what a draw needs of memory does not grow with the plan.
PAGE = 5_000


class _Submitted(NamedTuple):
    work_code: str
    plan_id: UUID
    institution_id: UUID | None
    artefacts: Jsonb
    submitted_at: datetime


class _Third(NamedTuple):
    work_code: str
    marker: str


class _Revised(NamedTuple):
    work_code: str
    position: int
    revision: int
    scores: Jsonb
    score: Decimal
    comment: str | None


_SUBMITTED, _PAIR, _THIRD = Columns(_Submitted), Columns(Pair), Columns(_Third)
_REVISED, _SETTLED = Columns(_Revised), Columns(Settled)
_ADD = f"""
    INSERT INTO work ({_SUBMITTED}, state)
    SELECT {_SUBMITTED},
           CASE WHEN EXISTS (SELECT FROM plan WHERE plan.plan_id = new.plan_id) THEN 'pooled' ELSE 'sealed' END
      FROM {_SUBMITTED.unnest("new")}
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
_ALLOCATE = f"""
    WITH pairs AS (
        SELECT {_PAIR} FROM {_PAIR.unnest("new")}
    ), given AS (
        INSERT INTO allocation (work_code, position, plan_id, marker)
        SELECT work_code, position, CAST(:plan_id AS uuid), CASE position WHEN 1 THEN first ELSE second END
          FROM pairs CROSS JOIN (VALUES (1), (2)) AS positions (position)
    )
    UPDATE work SET state = 'marking' FROM pairs WHERE work.work_code = pairs.work_code
"""
_THIRDS = f"""
    INSERT INTO allocation (position, plan_id, {_THIRD}) SELECT 3, :plan_id, {_THIRD} FROM {_THIRD.unnest("new")}
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
_REVISE = f"""
    INSERT INTO mark (marker, recorded_at, {_REVISED}) SELECT :subject, :at, {_REVISED} FROM {_REVISED.unnest("new")}
"""
_SETTLE = f"""
    UPDATE work SET {_SETTLED.assigned("new", "work_code")}
      FROM {_SETTLED.unnest("new")} WHERE work.work_code = new.work_code
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
        rows = [
            _Submitted(
                event.data.work_code,
                event.data.plan_id,
                event.data.institution_id,
                json.dumps([item.model_dump() for item in event.data.artefacts]),
                event.data.submitted_at,
            )
            for event in events
        ]
        await self._work.execute(_ADD, _SUBMITTED.binds(rows))

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
        await self._work.execute(_ALLOCATE, _PAIR.binds(pairs) | {"plan_id": plan_id})

    async def without_third(self, plan_id: UUID) -> AsyncIterator[list[WorkRecord]]:
        """Yield and lock the works that need a third marker and have none, some at a time."""
        async for rows in self._work.pages(_WITHOUT_THIRD, {"plan_id": plan_id}, PAGE):
            yield [
                WorkRecord(code, school, WorkState.THIRD_NEEDED, tuple(starmap(HeldMark, enumerate(markers, 1))))
                for code, school, markers in map(tuple, rows)
            ]

    async def allocate_thirds(self, plan_id: UUID, thirds: Mapping[str, str]) -> None:
        """Give works their third marker."""
        rows = [_Third(*each) for each in thirds.items()]
        await self._work.execute(_THIRDS, _THIRD.binds(rows) | {"plan_id": plan_id})

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
        rows = [
            _Revised(each.code, each.place, each.revision, points_json(each.scores), each.score, each.comment)
            for each in revisions
        ]
        await self._work.execute(_REVISE, _REVISED.binds(rows) | {"subject": subject, "at": at})

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Keep where works stand."""
        await self._work.execute(_SETTLE, _SETTLED.binds(settled))

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


def points_json(scores: Mapping[str, str]) -> str:
    """Return a mark's points as they are stored."""
    return to_json(scores).decode()
