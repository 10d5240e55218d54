"""Candidates and their sittings over SQL: every call is one statement, however many candidates."""

import base64
from collections.abc import AsyncIterator, Iterable, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from services.exam.application.records import Moved, OpenSession, Placed, Seated, Ticket
from services.exam.domain.model import Component, SittingStatus
from services.exam.domain.roll import Entrant
from services.exam.domain.seating import Seat, SeatPair
from services.exam.domain.sitting import Sitting
from shared.database.columns import Columns
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1
from shared.work import UnitOfWork


class _Admitted(NamedTuple):
    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    person: bytes
    admitted_at: datetime


class _Ticket(NamedTuple):
    application_id: UUID
    ticket_no: str
    practical_session_id: UUID
    practical_room_id: UUID
    practical_station: int
    interview_session_id: UUID
    interview_room_id: UUID
    interview_station: int


class _Sitting(NamedTuple):
    application_id: UUID
    status: SittingStatus
    at: datetime | None
    version: int
    interview_code: str | None


_ADMITTED, _TICKET, _SITTING = Columns(_Admitted), Columns(_Ticket), Columns(_Sitting)
_SEAT_OF, _PLACED, _MOVED = Columns(Seat), Columns(Placed), Columns(Moved)
_WAIT = f"""
    INSERT INTO candidate ({_ADMITTED}, state, version, practical_status, interview_status)
    SELECT {_ADMITTED}, 'waiting', 0, 'expected', 'expected' FROM {_ADMITTED.unnest("new")}
    ON CONFLICT (application_id) DO NOTHING
"""
_SEAT = f"""
    UPDATE candidate AS c
       SET state = 'seated', version = c.version + 1, seat_plan_version = :seat_plan_version,
           {_TICKET.assigned("new", "application_id")}
      FROM {_TICKET.unnest("new")}
     WHERE c.application_id = new.application_id
 RETURNING {_PLACED.prefixed("c.")}
"""
_WAITING = """
    SELECT application_id, institution_id FROM candidate
     WHERE plan_id = :plan_id AND state = 'waiting' ORDER BY application_id FOR NO KEY UPDATE
"""
_SEATED = f"""
    SELECT application_id, {_SEAT_OF.prefixed("practical_")}, {_SEAT_OF.prefixed("interview_")}
      FROM candidate WHERE plan_id = :plan_id AND state = 'seated' ORDER BY application_id
"""
_LOCK_TICKETS = """
    SELECT application_id, ticket_no, institution_id, journey_id, version, {component}_session_id AS session_id,
           interview_code, {component}_status AS status, {component}_at AS at
      FROM candidate WHERE ticket_no = ANY(CAST(:tickets AS text[])) AND plan_id = :plan_id
     ORDER BY application_id FOR NO KEY UPDATE
"""
# Codes stand in no index of candidates; the key of their own table refuses one that was drawn before.
_SAVE = f"""
    WITH s AS (
        SELECT {_SITTING} FROM {_SITTING.unnest("new")}
    ), drawn AS (
        INSERT INTO interview_code (code)
        SELECT s.interview_code FROM s JOIN candidate AS c USING (application_id)
         WHERE s.interview_code IS NOT NULL AND c.interview_code IS NULL
    )
    UPDATE candidate AS c
       SET {{component}}_status = s.status, {{component}}_at = s.at, version = s.version,
           interview_code = s.interview_code
      FROM s WHERE c.application_id = s.application_id
"""
# An array is looked up one by one; joined, the session's few might be matched with everyone there is.
_ABSENT = f"""
    UPDATE candidate AS c
       SET version = c.version + 1, {{component}}_at = :at,
           {{component}}_status = CASE WHEN c.{{component}}_status = 'checked_in' AND :left_nothing THEN 'no_work'
                                         ELSE 'absent' END
     WHERE c.application_id = ANY(ARRAY(
               SELECT application_id FROM candidate
                WHERE {{component}}_session_id = :session_id AND {{component}}_status IN ('expected', 'checked_in')
                ORDER BY application_id FOR NO KEY UPDATE))
 RETURNING {_MOVED.prefixed("c.")}, c.{{component}}_status AS status
"""
_ADVANCE = f"""
    UPDATE candidate AS c SET version = c.version + 1
      FROM (SELECT application_id FROM candidate WHERE application_id = ANY(CAST(:ids AS uuid[]))
             ORDER BY application_id FOR NO KEY UPDATE) AS moved
     WHERE c.application_id = moved.application_id
 RETURNING {_MOVED.prefixed("c.")}
"""

#: How many candidates are read at a time where a whole plan is gone through.
PAGE = 2_000


class SqlCandidates:
    """The candidates in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def wait(self, admitted: Sequence[Received[ApplicationAdmittedV1]]) -> None:
        """Store admitted candidates who wait for seats; those known already stay as they are."""
        rows = [
            _Admitted(
                event.data.application_id,
                event.data.plan_id,
                event.data.institution_id,
                event.journey_id,
                base64.b64decode(event.data.person),
                event.data.admitted_at,
            )
            for event in admitted
        ]
        await self._work.execute(_WAIT, _ADMITTED.binds(rows))

    async def drop(self, application_ids: Sequence[UUID]) -> None:
        """Let go of those who have no seat yet, and of their sealed persons."""
        await self._work.execute(
            """
            UPDATE candidate AS c SET state = 'withdrawn', person = NULL
              FROM (SELECT application_id FROM candidate
                     WHERE application_id = ANY(CAST(:ids AS uuid[])) AND state = 'waiting'
                     ORDER BY application_id FOR NO KEY UPDATE) AS leaving
             WHERE c.application_id = leaving.application_id
            """,
            {"ids": list(application_ids)},
        )

    async def lock_waiting(self, plan_id: UUID) -> AsyncIterator[Iterable[Entrant]]:
        """Yield who waits for a seat, some at a time, locked in the order of their ids."""
        async for rows in self._work.pages(_WAITING, {"plan_id": plan_id}, PAGE):
            yield map(Entrant._make, rows)

    async def seated(self, plan_id: UUID) -> AsyncIterator[Iterable[tuple[UUID, SeatPair]]]:
        """Yield all seats of the plan, some at a time, in the order of the candidates' ids."""
        async for rows in self._work.pages(_SEATED, {"plan_id": plan_id}, PAGE):
            yield (
                (person, SeatPair(Seat(session, room, station), Seat(later, hall, place)))
                for person, session, room, station, later, hall, place in map(tuple, rows)
            )

    async def seat(self, tickets: Sequence[Ticket], seat_plan_version: int) -> list[Placed]:
        """Give seats and tickets, and return who got them; each candidate's version rises by one."""
        seats = [_Ticket(person, number, *pair.practical, *pair.interview) for person, number, pair in tickets]
        rows = await self._work.rows(_SEAT, _TICKET.binds(seats) | {"seat_plan_version": seat_plan_version})
        return [Placed._make(row) for row in rows]

    async def lock_tickets(self, plan_id: UUID, component: Component, tickets: Sequence[str]) -> dict[str, Seated]:
        """Return the candidates of a plan by ticket number, locked in a fixed order."""
        rows = await self._work.rows(
            _LOCK_TICKETS.format(component=component.value), {"tickets": list(tickets), "plan_id": plan_id}
        )
        return {row.ticket_no: _seated(row) for row in rows}

    async def save(self, component: Component, candidates: Sequence[Seated]) -> None:
        """Store changed sittings with their versions."""
        rows = [
            _Sitting(each.application_id, each.sitting.status, each.sitting.at, each.version, each.interview_code)
            for each in candidates
        ]
        await self._work.execute(_SAVE.format(component=component.value), _SITTING.binds(rows))

    async def mark_absent(self, session: OpenSession, at: datetime) -> tuple[list[Moved], int]:
        """Mark who never came, or left no work, as absent; return them all and how many of them left no work."""
        rows = await self._work.rows(
            _ABSENT.format(component=session.component.value),
            {"session_id": session.id, "at": at, "left_nothing": session.component is Component.PRACTICAL},
        )
        no_work = sum(row.status == SittingStatus.NO_WORK for row in rows)
        return [Moved._make(row[:-1]) for row in rows], no_work

    async def count_present(self, session: OpenSession) -> int:
        """Return how many handed in a work or attended the interview."""
        component = session.component.value
        rows = await self._work.rows(
            f"""
            SELECT count(*) AS present FROM candidate
             WHERE {component}_session_id = :session_id AND {component}_status IN ('handed_in', 'attended')
            """,
            {"session_id": session.id},
        )
        return int(rows[0].present)

    async def advance(self, application_ids: Sequence[UUID]) -> dict[UUID, Moved]:
        """Let each candidate's version rise by one, and return them."""
        rows = await self._work.rows(_ADVANCE, {"ids": list(application_ids)})
        return {row.application_id: Moved._make(row) for row in rows}


def _seated(row: Sequence[Any]) -> Seated:
    person, ticket, institution, journey, version, session, code, status, at = row
    return Seated(person, ticket, institution, journey, version, session, Sitting(SittingStatus(status), at), code)
