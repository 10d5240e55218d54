"""Plans, sites and sessions over SQL."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.exam.adapters import mapping
from services.exam.adapters.candidates import PAGE
from services.exam.application.commands import CreateSite
from services.exam.application.records import OpenSession, Place, PlanCounts
from services.exam.domain.lifecycle import PlanState
from services.exam.domain.model import Component, Plan, Session
from services.exam.domain.seating import Hall
from shared import ids
from shared.database.columns import Columns
from shared.work import UnitOfWork


class _Room(NamedTuple):
    id: UUID
    name: str
    stations: int


class _Session(NamedTuple):
    id: UUID
    component: Component
    site_id: UUID
    starts_at: datetime
    ends_at: datetime


_ROOM, _NEW_SESSION = Columns(_Room), Columns(_Session)
_ADD_ROOMS = f"INSERT INTO room (site_id, {_ROOM}) SELECT :site_id, {_ROOM} FROM {_ROOM.unnest('new')}"
_ADD_SESSIONS = f"""
    INSERT INTO exam_session (plan_id, {_NEW_SESSION})
    SELECT :plan_id, {_NEW_SESSION} FROM {_NEW_SESSION.unnest("new")}
"""
_TAKEN = """
    SELECT DISTINCT site.name
      FROM exam_session AS mine
      JOIN exam_session AS theirs ON theirs.site_id = mine.site_id AND theirs.plan_id <> mine.plan_id
           AND theirs.starts_at < mine.ends_at AND mine.starts_at < theirs.ends_at
      JOIN plan ON plan.id = theirs.plan_id AND plan.state NOT IN ('draft', 'approved', 'finished', 'archived')
      JOIN site ON site.id = mine.site_id
     WHERE mine.plan_id = :plan_id
     ORDER BY site.name
"""
_SESSION = """
    SELECT s.id, s.plan_id, s.component, s.starts_at, s.ends_at, s.closed_at, s.present, s.absent, s.no_work,
           p.state, p.opens_minutes_before, p.late_limit_minutes
      FROM exam_session AS s JOIN plan AS p ON p.id = s.plan_id
     WHERE s.id = :id
"""
_HALLS = """
    SELECT s.component, s.id AS session_id, r.id AS room_id, s.starts_at, s.ends_at, r.stations
      FROM exam_session AS s JOIN room AS r ON r.site_id = s.site_id
     WHERE s.plan_id = :plan_id AND s.closed_at IS NULL
"""
_OCCUPIED = """
    SELECT practical_session_id AS session_id, practical_room_id AS room_id, practical_station AS station,
           coalesce(institution_id, application_id) AS school
      FROM candidate WHERE plan_id = :plan_id AND practical_session_id IS NOT NULL
     UNION ALL
    SELECT interview_session_id, interview_room_id, interview_station, coalesce(institution_id, application_id)
      FROM candidate WHERE plan_id = :plan_id AND interview_session_id IS NOT NULL
"""
_COUNTS = """
    SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
           count(*) FILTER (WHERE state <> 'withdrawn') AS candidates,
           count(*) FILTER (WHERE practical_status = 'handed_in') AS works,
           count(*) FILTER (WHERE interview_status = 'attended') AS interviews,
           count(*) FILTER (WHERE practical_status IN ('absent', 'no_work')) AS absent_practical,
           count(*) FILTER (WHERE interview_status = 'absent') AS absent_interview
      FROM candidate WHERE plan_id = :plan_id
"""


class SqlPlans:
    """The sites, plans and sessions in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def add_site(self, site_id: UUID, site: CreateSite, at: datetime) -> None:
        """Store a site with its rooms."""
        await self._work.execute(
            "INSERT INTO site (id, name, address, created_at) VALUES (:id, :name, :address, :at)",
            {"id": site_id, "name": site.name, "address": site.address, "at": at},
        )
        rooms = [_Room(ids.new_id(), room.name, room.stations) for room in site.rooms]
        await self._work.execute(_ADD_ROOMS, _ROOM.binds(rooms) | {"site_id": site_id})

    async def known_sites(self, site_ids: Sequence[UUID]) -> set[UUID]:
        """Return those of the sites that exist."""
        rows = await self._work.rows(
            "SELECT id FROM site WHERE id = ANY(CAST(:ids AS uuid[]))", {"ids": list(site_ids)}
        )
        return {row.id for row in rows}

    async def add(self, plan: Plan, sessions: Sequence[Session], at: datetime) -> None:
        """Store a draft with its sessions."""
        self._work.session.add(mapping.plan_row(plan, at))
        await self._work.session.flush()
        rows = [
            _Session(ids.new_id(), session.component, session.site_id, session.starts_at, session.ends_at)
            for session in sessions
        ]
        await self._work.execute(_ADD_SESSIONS, _NEW_SESSION.binds(rows) | {"plan_id": plan.id})

    async def lock(self, plan_id: UUID) -> Plan | None:
        """Return a plan, locked; new candidates can still refer to it."""
        rows = await self._work.rows("SELECT * FROM plan WHERE id = :id FOR NO KEY UPDATE", {"id": plan_id})
        return mapping.plan_of(rows[0]) if rows else None

    async def save(self, plan: Plan) -> None:
        """Store what can change of a plan."""
        await self._work.execute(
            """
            UPDATE plan SET state = :state, version = :version, seat_plan_version = :seat_plan_version,
                            digest = :digest, blueprint = CAST(:blueprint AS jsonb)
             WHERE id = :id
            """,
            {
                "id": plan.id,
                "state": plan.state.value,
                "version": plan.version,
                "seat_plan_version": plan.seat_plan_version,
                "digest": plan.digest,
                "blueprint": json.dumps(plan.blueprint),
            },
        )

    async def lock_taken_sites(self, plan_id: UUID) -> list[str]:
        """Lock the plan's sites, so that two plans cannot take one at once; return the names of those taken."""
        await self._work.execute(
            """
            SELECT FROM site WHERE id IN (SELECT site_id FROM exam_session WHERE plan_id = :plan_id)
             ORDER BY id FOR NO KEY UPDATE
            """,
            {"plan_id": plan_id},
        )
        return [row.name for row in await self._work.rows(_TAKEN, {"plan_id": plan_id})]

    async def halls(self, plan_id: UUID) -> list[Hall]:
        """Return every room of every open session, with who already sits there."""
        taken: dict[tuple[UUID, UUID], dict[int, UUID]] = defaultdict(dict)
        schools: dict[UUID, UUID] = {}  # one object for each, not one for each seat
        async for rows in self._work.pages(_OCCUPIED, {"plan_id": plan_id}, PAGE):
            for session, room, station, school in map(tuple, rows):
                taken[session, room][station] = schools.setdefault(school, school)
        return [
            Hall(
                component=Component(row.component),
                session_id=row.session_id,
                room_id=row.room_id,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
                stations=row.stations,
                taken=taken.get((row.session_id, row.room_id), {}),
            )
            for row in await self._work.rows(_HALLS, {"plan_id": plan_id})
        ]

    async def places(self, plan_id: UUID) -> Mapping[tuple[UUID, UUID], Place]:
        """Return what a ticket says about each (session, room)."""
        rows = await self._work.rows(
            """
            SELECT s.id AS session_id, r.id AS room_id, site.name AS site, r.name AS room, s.starts_at
              FROM exam_session AS s JOIN site ON site.id = s.site_id JOIN room AS r ON r.site_id = s.site_id
             WHERE s.plan_id = :plan_id
            """,
            {"plan_id": plan_id},
        )
        return {(row.session_id, row.room_id): Place(row.site, row.room, row.starts_at) for row in rows}

    async def add_seat_plan(self, plan: Plan, seed: str, neighbours: int, at: datetime) -> None:
        """Keep how the plan's current version of the seats came about."""
        await self._work.execute(
            """
            INSERT INTO seat_plan (plan_id, version, seed, digest, neighbours, sealed_at)
            VALUES (:plan_id, :version, :seed, :digest, :neighbours, :at)
            """,
            {
                "plan_id": plan.id,
                "version": plan.seat_plan_version,
                "seed": seed,
                "digest": plan.digest,
                "neighbours": neighbours,
                "at": at,
            },
        )

    async def share_session(self, session_id: UUID) -> OpenSession | None:
        """Return a session that cannot be closed until the transaction ends; others may share it."""
        rows = await self._work.rows(_SESSION + "FOR SHARE OF s", {"id": session_id})
        return mapping.session_of(rows[0]) if rows else None

    async def lock_session(self, session_id: UUID) -> OpenSession | None:
        """Return a session, locked against closing and against uploads."""
        rows = await self._work.rows(_SESSION + "FOR NO KEY UPDATE OF s", {"id": session_id})
        return mapping.session_of(rows[0]) if rows else None

    async def close_session(self, session: OpenSession) -> None:
        """Store that a session is closed, with its counts."""
        await self._work.execute(
            """
            UPDATE exam_session SET closed_at = :at, present = :present, absent = :absent, no_work = :no_work
             WHERE id = :id
            """,
            {
                "id": session.id,
                "at": session.closed_at,
                "present": session.present,
                "absent": session.absent,
                "no_work": session.no_work,
            },
        )

    async def start(self, plan_id: UUID, *, was: PlanState, now: PlanState) -> None:
        """Store the first check-in's effect on the plan; nothing if somebody else just did."""
        await self._work.execute(
            "UPDATE plan SET state = :now WHERE id = :id AND state = :was",
            {"id": plan_id, "was": was.value, "now": now.value},
        )

    async def unseal(self, plan_ids: Sequence[UUID], at: datetime) -> list[UUID]:
        """Note that the works of the plans are being unsealed; return those for which it is the first time."""
        rows = await self._work.rows(
            """
            UPDATE plan SET unsealed_at = :at WHERE id = ANY(CAST(:ids AS uuid[])) AND unsealed_at IS NULL RETURNING id
            """,
            {"ids": list(plan_ids), "at": at},
        )
        return sorted(row.id for row in rows)

    async def open_sessions(self, plan_id: UUID) -> int:
        """Return how many sessions are not closed."""
        sql = "SELECT count(*) AS sessions FROM exam_session WHERE plan_id = :plan_id AND closed_at IS NULL"
        return int((await self._work.rows(sql, {"plan_id": plan_id}))[0].sessions)

    async def counts(self, plan_id: UUID) -> PlanCounts:
        """Return how the candidates of the plan stand; reads them all."""
        row = (await self._work.rows(_COUNTS, {"plan_id": plan_id}))[0]
        return PlanCounts(**row._asdict())
