"""What sittings say about candidates, and their results, as SQL. Every statement may come before or after any other."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import NamedTuple
from uuid import UUID

from services.grading.application.records import Sat
from services.grading.domain.completeness import Known
from services.grading.domain.composition import Composed, Outcome
from shared import ids
from shared.database.columns import Columns
from shared.events.exam import CandidateAbsentV1, InterviewAttendedV1, SeatAssignedV1, WorkUnsealedV1
from shared.events.received import Received
from shared.work import UnitOfWork

#: So many are released at a time: what they need of memory, and of the event loop, does not grow with the plan.
_PAGE = 1_000


class _Sitting(NamedTuple):
    application_id: UUID
    plan_id: UUID
    journey_id: UUID | None
    seated: bool = False
    absent_practical: bool = False
    absent_interview: bool = False


class _Interview(NamedTuple):
    interview_code: str
    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None


class _Unsealed(NamedTuple):
    application_id: UUID
    work_code: str


class _Result(NamedTuple):
    application_id: UUID
    outcome: Outcome
    practical: Decimal | None
    interview: Decimal | None
    total: Decimal | None


_SITTING, _INTERVIEW, _UNSEALED = Columns(_Sitting), Columns(_Interview), Columns(_Unsealed)
_RESULT = Columns(_Result)
_KEEP = f"""
    INSERT INTO candidate ({_SITTING}) SELECT {_SITTING} FROM {_SITTING.unnest("new")}
    ON CONFLICT (application_id) DO UPDATE
       SET journey_id = coalesce(candidate.journey_id, EXCLUDED.journey_id),
           seated = candidate.seated OR EXCLUDED.seated,
           absent_practical = candidate.absent_practical OR EXCLUDED.absent_practical,
           absent_interview = candidate.absent_interview OR EXCLUDED.absent_interview
"""
_ATTEND = f"""
    INSERT INTO interview ({_INTERVIEW}) SELECT {_INTERVIEW} FROM {_INTERVIEW.unnest("new")} ON CONFLICT DO NOTHING
"""
_UNSEAL = f"""
    INSERT INTO unsealed_work ({_UNSEALED}) SELECT {_UNSEALED} FROM {_UNSEALED.unnest("new")} ON CONFLICT DO NOTHING
"""
# A plan that was filled a moment ago looks empty to the planner: everyone's rows would be looked for one by one.
_JOIN_WHOLE = "SET LOCAL enable_nestloop = off"
_KNOWN = """
    SELECT count(*) FILTER (WHERE c.seated) AS seated, count(*) FILTER (WHERE NOT c.seated) AS unseated,
           count(*) FILTER (WHERE w.score IS NULL AND NOT c.absent_practical) AS without_practical,
           count(*) FILTER (WHERE i.score IS NULL AND NOT c.absent_interview) AS without_interview
      FROM candidate c
      LEFT JOIN unsealed_work u USING (application_id)
      LEFT JOIN work w ON w.work_code = u.work_code AND w.state = 'locked'
      LEFT JOIN interview i ON i.application_id = c.application_id
     WHERE c.plan_id = :plan_id
"""
# Scores are looked up one by one: joined, each page might be matched with all the scores there are.
_OF_PLAN = """
    SELECT application_id, journey_id, absent_practical, absent_interview,
           (SELECT score FROM work WHERE state = 'locked' AND work_code =
               (SELECT work_code FROM unsealed_work u WHERE u.application_id = c.application_id)) AS practical,
           (SELECT score FROM interview i WHERE i.application_id = c.application_id) AS interview
      FROM candidate c
     WHERE plan_id = :plan_id AND application_id > :after ORDER BY application_id LIMIT :page
"""
_RELEASE = f"""
    INSERT INTO result (plan_id, version, released_at, {_RESULT})
    SELECT :plan_id, 1, :at, {_RESULT} FROM {_RESULT.unnest("new")}
"""


class SqlCandidates:
    """The port `Candidates` on PostgreSQL."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def seat(self, events: Sequence[Received[SeatAssignedV1]]) -> None:
        """Expect these candidates."""
        rows = [
            _Sitting(event.data.application_id, event.data.plan_id, event.journey_id, seated=True) for event in events
        ]
        await self._work.execute(_KEEP, _SITTING.binds(rows))

    async def miss(self, events: Sequence[Received[CandidateAbsentV1]]) -> None:
        """Keep absences."""
        rows = [
            _Sitting(
                event.data.application_id,
                event.data.plan_id,
                event.journey_id,
                absent_practical=event.data.component == "practical",
                absent_interview=event.data.component == "interview",
            )
            for event in events
        ]
        await self._work.execute(_KEEP, _SITTING.binds(rows))

    async def attend(self, events: Sequence[Received[InterviewAttendedV1]]) -> None:
        """Keep interviews under their codes."""
        rows = [
            _Interview(
                event.data.interview_code, event.data.application_id, event.data.plan_id, event.data.institution_id
            )
            for event in events
        ]
        await self._work.execute(_ATTEND, _INTERVIEW.binds(rows))

    async def unseal(self, events: Sequence[Received[WorkUnsealedV1]]) -> None:
        """Keep whose works the codes are."""
        rows = [_Unsealed(event.data.application_id, event.data.work_code) for event in events]
        await self._work.execute(_UNSEAL, _UNSEALED.binds(rows))

    async def known(self, plan_id: UUID) -> Known:
        """Return how many candidates of a plan are known, and of how many something is missing."""
        await self._work.execute(_JOIN_WHOLE)
        [row] = await self._work.rows(_KNOWN, {"plan_id": plan_id})
        return Known(**row._asdict())

    async def of_plan(self, plan_id: UUID) -> AsyncIterator[list[Sat]]:
        """Yield all candidates, some at a time, with the scores of their locked works and their interviews."""
        after = ids.FIRST
        while rows := await self._work.rows(_OF_PLAN, {"plan_id": plan_id, "after": after, "page": _PAGE}):
            yield [Sat._make(row) for row in rows]
            after = rows[-1].application_id

    async def release(self, plan_id: UUID, results: Mapping[UUID, Composed], at: datetime) -> None:
        """Keep the first version of every result."""
        rows = [_Result(person, found.outcome, *_scores(found), found.total) for person, found in results.items()]
        await self._work.execute(_RELEASE, _RESULT.binds(rows) | {"plan_id": plan_id, "at": at})


def _scores(composed: Composed) -> tuple[Decimal | None, Decimal | None]:
    scores = {component.code: component.score for component in composed.components}
    return scores["practical"], scores["interview"]
