"""What the API shows: no rules, only reading."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple, Protocol
from uuid import UUID

from services.exam.application.errors import PlanUnknown, SessionUnknown
from services.exam.application.ports import Seal
from services.exam.domain.model import Component
from shared.persons.masks import mask_name

_PERSON = "person"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoomView:
    """A room of a site."""

    id: UUID
    name: str
    stations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteView:
    """A site with its rooms."""

    id: UUID
    name: str
    address: str
    rooms: Sequence[RoomView]


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionView:
    """A session with its site, its seats and, once closed, its counts."""

    id: UUID
    plan_id: UUID
    component: str
    site_id: UUID
    site: str
    starts_at: datetime
    ends_at: datetime
    candidates: int
    closed_at: datetime | None
    present: int
    absent: int
    no_work: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanView:
    """A plan with how many candidates it has and how many of them have seats."""

    id: UUID
    title: str
    standard: str
    edition: str | None
    level: str
    unit: str | None
    blueprint_code: str | None
    blueprint_version: int | None
    state: str
    entry_opens_at: datetime
    entry_closes_at: datetime
    requires_materials: bool
    opens_minutes_before: int
    late_limit_minutes: int
    seat_plan_version: int
    digest: str | None
    candidates: int
    seated: int
    created_at: datetime


class SeatView(NamedTuple):
    """One seat of a ticket."""

    session_id: UUID
    site: str
    address: str
    room: str
    station: int
    starts_at: datetime
    ends_at: datetime
    status: str


class TicketView(NamedTuple):
    """An admission ticket (准考证)."""

    application_id: UUID
    ticket_no: str
    practical: SeatView
    interview: SeatView


class RosterRow(NamedTuple):
    """A line of a roster with the sealed person."""

    ticket_no: str
    room: str
    station: int
    status: str
    person: bytes


class RosterLine(NamedTuple):
    """A line of a roster as staff at the site see it."""

    ticket_no: str
    room: str
    station: int
    status: str
    name_masked: str


class Readings(Protocol):
    """The read side."""

    async def sites(self, after: UUID | None, limit: int) -> list[SiteView]:
        """Return sites in the order of their ids."""
        ...

    async def site(self, site_id: UUID) -> SiteView:
        """Return a site that exists."""
        ...

    async def plans(self, after: UUID | None, limit: int) -> list[PlanView]:
        """Return plans, newest first."""
        ...

    async def plan(self, plan_id: UUID) -> PlanView | None:
        """Return a plan."""
        ...

    async def blueprint(self, plan_id: UUID) -> dict[str, Any]:
        """Return the blueprint of a plan that exists."""
        ...

    async def sessions(self, plan_id: UUID) -> list[SessionView]:
        """Return the sessions of a plan by time."""
        ...

    async def component(self, session_id: UUID) -> Component | None:
        """Return what a session examines."""
        ...

    async def roster(
        self, session_id: UUID, component: Component, after: tuple[str, int] | None, limit: int
    ) -> list[RosterRow]:
        """Return the roster by room and station."""
        ...

    async def tickets(
        self, plan_id: UUID, institution_id: UUID | None, after: UUID | None, limit: int
    ) -> list[TicketView]:
        """Return tickets by application; an institution gets its own only."""
        ...


class Reading(Protocol):
    """A transaction that reads."""

    readings: Readings


async def plan_details(work: Reading, plan_id: UUID) -> tuple[PlanView, list[SessionView], dict[str, Any]]:
    """Return a plan with its sessions and blueprint; raise `PlanUnknown`."""
    plan = await work.readings.plan(plan_id)
    if plan is None:
        raise PlanUnknown
    return plan, await work.readings.sessions(plan_id), await work.readings.blueprint(plan_id)


async def roster(
    work: Reading, seal: Seal, session_id: UUID, after: tuple[str, int] | None, limit: int
) -> list[RosterLine]:
    """Return who sits where, names masked; raise `SessionUnknown`. The only place that opens a person here."""
    component = await work.readings.component(session_id)
    if component is None:
        raise SessionUnknown
    return [
        RosterLine(ticket_no, room, station, status, mask_name(json.loads(seal.open(person, _PERSON))["name"]))
        for ticket_no, room, station, status, person in await work.readings.roster(session_id, component, after, limit)
    ]
