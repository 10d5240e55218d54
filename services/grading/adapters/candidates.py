"""What sittings say about candidates, and their results, as SQL. Every statement may come before or after any other."""

from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from services.grading.application.records import Sat
from services.grading.domain.completeness import Known
from services.grading.domain.composition import Composed
from shared import ids
from shared.events.exam import CandidateAbsentV1, InterviewAttendedV1, SeatAssignedV1, SittingEvent, WorkUnsealedV1
from shared.events.received import Received
from shared.work import UnitOfWork

#: So many are released at a time: what they need of memory, and of the event loop, does not grow with the plan.
_PAGE = 1_000

_KEEP = """
    INSERT INTO candidate (application_id, plan_id, journey_id, seated, absent_practical, absent_interview)
    SELECT application_id, plan_id, journey_id, seated, absent_practical, absent_interview
      FROM unnest(CAST(:ids AS uuid[]), CAST(:plans AS uuid[]), CAST(:journeys AS uuid[]),
                  CAST(:seated AS boolean[]), CAST(:practical AS boolean[]), CAST(:interview AS boolean[]))
           AS e (application_id, plan_id, journey_id, seated, absent_practical, absent_interview)
    ON CONFLICT (application_id) DO UPDATE
       SET journey_id = coalesce(candidate.journey_id, EXCLUDED.journey_id),
           seated = candidate.seated OR EXCLUDED.seated,
           absent_practical = candidate.absent_practical OR EXCLUDED.absent_practical,
           absent_interview = candidate.absent_interview OR EXCLUDED.absent_interview
"""
_ATTEND = """
    INSERT INTO interview (interview_code, application_id, plan_id, institution_id)
    SELECT interview_code, application_id, plan_id, institution_id
      FROM unnest(CAST(:codes AS text[]), CAST(:ids AS uuid[]), CAST(:plans AS uuid[]), CAST(:institutions AS uuid[]))
           AS e (interview_code, application_id, plan_id, institution_id)
    ON CONFLICT DO NOTHING
"""
_UNSEAL = """
    INSERT INTO unsealed_work (application_id, work_code)
    SELECT application_id, work_code
      FROM unnest(CAST(:ids AS uuid[]), CAST(:codes AS text[])) AS e (application_id, work_code)
    ON CONFLICT DO NOTHING
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
_RELEASE = """
    INSERT INTO result (application_id, plan_id, version, outcome, practical, interview, total, released_at)
    SELECT application_id, :plan_id, 1, outcome, practical, interview, total, :at
      FROM unnest(CAST(:ids AS uuid[]), CAST(:outcomes AS text[]), CAST(:practicals AS numeric[]),
                  CAST(:interviews AS numeric[]), CAST(:totals AS numeric[]))
           AS e (application_id, outcome, practical, interview, total)
"""


class SqlCandidates:
    """The port `Candidates` on PostgreSQL."""

    def __init__(self, work: UnitOfWork) -> None:
        """Take the open transaction."""
        self._work = work

    async def seat(self, events: Sequence[Received[SeatAssignedV1]]) -> None:
        """Expect these candidates."""
        await self._work.execute(_KEEP, _columns(events, seated=[True] * len(events)))

    async def miss(self, events: Sequence[Received[CandidateAbsentV1]]) -> None:
        """Keep absences."""
        practical = [event.data.component == "practical" for event in events]
        interview = [event.data.component == "interview" for event in events]
        await self._work.execute(_KEEP, _columns(events, practical=practical, interview=interview))

    async def attend(self, events: Sequence[Received[InterviewAttendedV1]]) -> None:
        """Keep interviews under their codes."""
        values = {
            "codes": [event.data.interview_code for event in events],
            "ids": [event.data.application_id for event in events],
            "plans": [event.data.plan_id for event in events],
            "institutions": [event.data.institution_id for event in events],
        }
        await self._work.execute(_ATTEND, values)

    async def unseal(self, events: Sequence[Received[WorkUnsealedV1]]) -> None:
        """Keep whose works the codes are."""
        values = {
            "ids": [event.data.application_id for event in events],
            "codes": [event.data.work_code for event in events],
        }
        await self._work.execute(_UNSEAL, values)

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
        values = {
            "plan_id": plan_id,
            "at": at,
            "ids": list(results),
            "outcomes": [composed.outcome.value for composed in results.values()],
            "practicals": [_score(composed, "practical") for composed in results.values()],
            "interviews": [_score(composed, "interview") for composed in results.values()],
            "totals": [composed.total for composed in results.values()],
        }
        await self._work.execute(_RELEASE, values)


def _score(composed: Composed, component: str) -> Decimal | None:
    return next(score for code, score, _ in composed.components if code == component)


def _columns(events: Sequence[Received[SittingEvent]], **flags: list[bool]) -> dict[str, Any]:
    """Return what all sittings say; a flag that is not given is false."""
    no = [False] * len(events)
    return {
        "ids": [event.data.application_id for event in events],
        "plans": [event.data.plan_id for event in events],
        "journeys": [event.journey_id for event in events],
        "seated": no,
        "practical": no,
        "interview": no,
    } | flags
