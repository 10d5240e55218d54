"""What the use cases need from outside: one transaction with its stores, and a seal."""

from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from services.exam.application.commands import CreateSite
from services.exam.application.records import (
    AcceptedRecord,
    FrozenBlueprint,
    Moved,
    NewWork,
    OpenSession,
    Place,
    Placed,
    PlanCounts,
    Seated,
    Ticket,
)
from services.exam.domain.lifecycle import PlanState
from services.exam.domain.model import Component, Plan, Session
from services.exam.domain.roll import Entrant
from services.exam.domain.seating import Hall, SeatPair
from shared.events.payload import EventPayload
from shared.events.received import Received
from shared.events.registration import ApplicationAdmittedV1
from shared.standards.blueprint import Blueprint


class Plans(Protocol):
    """Sites, plans and sessions."""

    async def add_site(self, site_id: UUID, site: CreateSite, at: datetime) -> None:
        """Store a site with its rooms."""
        ...

    async def known_sites(self, site_ids: Sequence[UUID]) -> set[UUID]:
        """Return those of the sites that exist."""
        ...

    async def add(self, plan: Plan, sessions: Sequence[Session], at: datetime) -> None:
        """Store a draft with its sessions."""
        ...

    async def lock(self, plan_id: UUID) -> Plan | None:
        """Return a plan, locked until the transaction ends."""
        ...

    async def save(self, plan: Plan) -> None:
        """Store what can change of a plan."""
        ...

    async def lock_taken_sites(self, plan_id: UUID) -> list[str]:
        """Lock the plan's sites; return the names of those that another published plan uses at an overlapping time."""
        ...

    async def halls(self, plan_id: UUID) -> list[Hall]:
        """Return every room of every open session, with who already sits there."""
        ...

    async def places(self, plan_id: UUID) -> Mapping[tuple[UUID, UUID], Place]:
        """Return what a ticket says about each (session, room)."""
        ...

    async def add_seat_plan(self, plan: Plan, seed: str, neighbours: int, at: datetime) -> None:
        """Keep how the plan's current version of the seats came about."""
        ...

    async def share_session(self, session_id: UUID) -> OpenSession | None:
        """Return a session that cannot be closed until the transaction ends."""
        ...

    async def lock_session(self, session_id: UUID) -> OpenSession | None:
        """Return a session, locked until the transaction ends."""
        ...

    async def close_session(self, session: OpenSession) -> None:
        """Store that a session is closed, with its counts."""
        ...

    async def start(self, plan_id: UUID, *, was: PlanState, now: PlanState) -> None:
        """Store the first check-in's effect on the plan; nothing if somebody else just did."""
        ...

    async def unseal(self, plan_ids: Sequence[UUID], at: datetime) -> list[UUID]:
        """Note that the works of the plans are being unsealed; return those for which it is the first time."""
        ...

    async def open_sessions(self, plan_id: UUID) -> int:
        """Return how many sessions are not closed."""
        ...

    async def counts(self, plan_id: UUID) -> PlanCounts:
        """Return how the candidates of the plan stand; reads them all."""
        ...


class Blueprints(Protocol):
    """The frozen blueprints; each stays as it is for good."""

    async def lock(self, code: str) -> None:
        """Let nobody else freeze a version of this blueprint until the transaction ends."""
        ...

    async def digests(self, code: str) -> Mapping[int, str]:
        """Return the digests of all frozen versions of a blueprint, lowest version first."""
        ...

    async def add(self, blueprint: Blueprint, at: datetime) -> None:
        """Freeze a version."""
        ...

    async def get(self, code: str, version: int | None) -> FrozenBlueprint | None:
        """Return a frozen version, the newest unless one is named."""
        ...

    async def after(
        self, place: tuple[str, int], limit: int, *, standard: str | None, level: str | None
    ) -> Sequence[FrozenBlueprint]:
        """Return frozen versions in the order of code and version."""
        ...


class Candidates(Protocol):
    """The candidates and their two sittings."""

    async def wait(self, admitted: Sequence[Received[ApplicationAdmittedV1]]) -> None:
        """Store admitted candidates who wait for seats; those known already stay as they are."""
        ...

    async def drop(self, application_ids: Sequence[UUID]) -> None:
        """Let go of those who have no seat yet, and of their sealed persons."""
        ...

    def lock_waiting(self, plan_id: UUID) -> AsyncIterator[Iterable[Entrant]]:
        """Yield who waits for a seat, some at a time, locked in the order of their ids."""
        ...

    def seated(self, plan_id: UUID) -> AsyncIterator[Iterable[tuple[UUID, SeatPair]]]:
        """Yield all seats of the plan, some at a time, in the order of the candidates' ids."""
        ...

    async def seat(self, tickets: Sequence[Ticket], seat_plan_version: int) -> list[Placed]:
        """Give seats and tickets, and return who got them; each candidate's version rises by one."""
        ...

    async def lock_tickets(self, plan_id: UUID, component: Component, tickets: Sequence[str]) -> dict[str, Seated]:
        """Return the candidates of a plan by ticket number, locked in a fixed order."""
        ...

    async def save(self, component: Component, candidates: Sequence[Seated]) -> None:
        """Store changed sittings with their versions."""
        ...

    async def mark_absent(self, session: OpenSession, at: datetime) -> tuple[list[Moved], int]:
        """Mark who never came, or left no work, as absent; return them all and how many of them left no work."""
        ...

    async def count_present(self, session: OpenSession) -> int:
        """Return how many handed in a work or attended the interview."""
        ...

    async def advance(self, application_ids: Sequence[UUID]) -> dict[UUID, Moved]:
        """Let each candidate's version rise by one, and return them."""
        ...


class Devices(Protocol):
    """What devices at the sites have sent."""

    async def lock(self, device_id: str) -> None:
        """Let no other request of this device in until the transaction ends."""
        ...

    async def known(self, device_id: str, sequences: Sequence[int]) -> dict[int, AcceptedRecord]:
        """Return the records accepted before."""
        ...

    async def keep(self, device_id: str, session_id: UUID, records: Sequence[AcceptedRecord]) -> None:
        """Store accepted records."""
        ...


class Works(Protocol):
    """Handed-in works, without a person."""

    async def add(self, plan_id: UUID, works: Sequence[NewWork]) -> None:
        """Store works."""
        ...

    def of_plans(self, plan_ids: Sequence[UUID]) -> AsyncIterator[list[tuple[UUID, str, bytes]]]:
        """Yield chunks of (plan, work code, sealed application)."""
        ...


class ExamWork(Protocol):
    """One transaction."""

    plans: Plans
    blueprints: Blueprints
    candidates: Candidates
    devices: Devices
    works: Works

    def publish(
        self,
        payload: EventPayload,
        *,
        version: int,
        journey_id: UUID | None,
        cause: Received[EventPayload] | None = None,
    ) -> None:
        """Publish when the transaction commits."""
        ...

    async def flush(self) -> None:
        """Write the events collected so far, so that a large transaction needs no large memory."""
        ...


class Seal(Protocol):
    """Hides what may not be read in the tables."""

    def seal(self, plain: bytes, context: str) -> bytes:
        """Return the sealed form, bound to the context."""
        ...

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return the plain form."""
        ...
