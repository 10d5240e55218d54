"""The read side over SQL."""

import json
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.exam.application.queries import PlanView, RoomView, RosterRow, SeatView, SessionView, SiteView, TicketView
from services.exam.domain.model import Component
from shared.database.columns import Columns
from shared.work import UnitOfWork

_PLAN, _SEAT = Columns(PlanView), Columns(SeatView)
_SITES = """
    SELECT s.id, s.name, s.address,
           CAST(coalesce(json_agg(json_build_object('id', r.id, 'name', r.name, 'stations', r.stations) ORDER BY r.name)
                         FILTER (WHERE r.id IS NOT NULL), '[]') AS text) AS rooms
      FROM site AS s LEFT JOIN room AS r ON r.site_id = s.id
     WHERE {where} GROUP BY s.id ORDER BY s.id LIMIT :limit
"""
_PLANS = f"""
    SELECT {_PLAN}
      FROM plan AS p
     CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE state <> 'withdrawn') AS candidates,
                                count(*) FILTER (WHERE state = 'seated') AS seated
                           FROM candidate WHERE plan_id = p.id) AS c
     WHERE {{where}} ORDER BY p.id DESC LIMIT :limit
"""
_SESSIONS = """
    SELECT s.id, s.plan_id, s.component, s.site_id, site.name AS site, s.starts_at, s.ends_at, s.closed_at,
           s.present, s.absent, s.no_work,
           CASE s.component
             WHEN 'practical' THEN (SELECT count(*) FROM candidate WHERE practical_session_id = s.id)
             ELSE (SELECT count(*) FROM candidate WHERE interview_session_id = s.id) END AS candidates
      FROM exam_session AS s JOIN site ON site.id = s.site_id
     WHERE s.plan_id = :plan_id ORDER BY s.starts_at, s.component, s.id
"""
_ROSTER = """
    SELECT c.ticket_no, r.name AS room, c.{component}_station AS station, c.{component}_status AS status, c.person
      FROM candidate AS c JOIN room AS r ON r.id = c.{component}_room_id
     WHERE c.{component}_session_id = :session_id AND {after}
     ORDER BY r.name, c.{component}_station LIMIT :limit
"""


def _seat_of(component: str) -> str:
    return f"""
      JOIN LATERAL (
           SELECT s.id AS session_id, site.name AS site, site.address, r.name AS room, s.starts_at, s.ends_at,
                  c.{component}_station AS station, c.{component}_status AS status
             FROM exam_session AS s JOIN site ON site.id = s.site_id JOIN room AS r ON r.id = c.{component}_room_id
            WHERE s.id = c.{component}_session_id) AS {component} ON true
    """


# The page first, then what it needs of sessions, sites and rooms.
_TICKETS = f"""
    SELECT c.application_id, c.ticket_no, {_SEAT.prefixed("practical.")}, {_SEAT.prefixed("interview.")}
      FROM (SELECT * FROM candidate AS c
             WHERE c.plan_id = :plan_id AND c.practical_session_id IS NOT NULL AND {{where}}
             ORDER BY c.application_id LIMIT :limit) AS c
      {_seat_of("practical")} {_seat_of("interview")}
     ORDER BY c.application_id
"""


class SqlReadings:
    """The read side in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def sites(self, after: UUID | None, limit: int) -> list[SiteView]:
        """Return sites in the order of their ids."""
        sql = _SITES.format(where="s.id > :after" if after else "true")
        return [_site(row) for row in await self._work.rows(sql, _given(after=after) | {"limit": limit})]

    async def site(self, site_id: UUID) -> SiteView:
        """Return a site that exists."""
        return _site((await self._work.rows(_SITES.format(where="s.id = :id"), {"id": site_id, "limit": 1}))[0])

    async def plans(self, after: UUID | None, limit: int) -> list[PlanView]:
        """Return plans, newest first."""
        sql = _PLANS.format(where="p.id < :after" if after else "true")
        rows = await self._work.rows(sql, _given(after=after) | {"limit": limit})
        return [PlanView(**row._asdict()) for row in rows]

    async def plan(self, plan_id: UUID) -> PlanView | None:
        """Return a plan."""
        rows = await self._work.rows(_PLANS.format(where="p.id = :id"), {"id": plan_id, "limit": 1})
        return PlanView(**rows[0]._asdict()) if rows else None

    async def blueprint(self, plan_id: UUID) -> dict[str, Any]:
        """Return the blueprint of a plan that exists."""
        rows = await self._work.rows(
            "SELECT CAST(blueprint AS text) AS blueprint FROM plan WHERE id = :id", {"id": plan_id}
        )
        return dict(json.loads(rows[0].blueprint))

    async def sessions(self, plan_id: UUID) -> list[SessionView]:
        """Return the sessions of a plan by time."""
        return [SessionView(**row._asdict()) for row in await self._work.rows(_SESSIONS, {"plan_id": plan_id})]

    async def component(self, session_id: UUID) -> Component | None:
        """Return what a session examines."""
        rows = await self._work.rows("SELECT component FROM exam_session WHERE id = :id", {"id": session_id})
        return Component(rows[0].component) if rows else None

    async def roster(
        self, session_id: UUID, component: Component, after: tuple[str, int] | None, limit: int
    ) -> list[RosterRow]:
        """Return the roster by room and station."""
        beyond = f"(r.name, c.{component.value}_station) > (:room, :station)" if after else "true"
        place = {"room": after[0], "station": after[1]} if after else {}
        rows = await self._work.rows(
            _ROSTER.format(component=component.value, after=beyond), {"session_id": session_id, "limit": limit} | place
        )
        return [RosterRow._make(row) for row in rows]

    async def tickets(
        self, plan_id: UUID, institution_id: UUID | None, after: UUID | None, limit: int
    ) -> list[TicketView]:
        """Return tickets by application; an institution gets its own only."""
        mine = "c.institution_id = :institution_id" if institution_id else "true"
        beyond = "c.application_id > :after" if after else "true"
        rows = await self._work.rows(
            _TICKETS.format(where=f"{mine} AND {beyond}"),
            _given(institution_id=institution_id, after=after) | {"plan_id": plan_id, "limit": limit},
        )
        return [_ticket(row) for row in rows]


def _given(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def _site(row: Row[Any]) -> SiteView:
    rooms = [
        RoomView(id=UUID(room["id"]), name=room["name"], stations=room["stations"]) for room in json.loads(row.rooms)
    ]
    return SiteView(id=row.id, name=row.name, address=row.address, rooms=rooms)


def _ticket(row: Sequence[Any]) -> TicketView:
    """Return the ticket of a row: its ids, then the eight columns of each seat."""
    application_id, ticket_no, *seats = row
    middle = len(SeatView._fields)
    return TicketView(application_id, ticket_no, SeatView._make(seats[:middle]), SeatView._make(seats[middle:]))
