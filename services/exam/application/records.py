"""What the stores give to the use cases, and take from them."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.exam.application.commands import HandedInFile
from services.exam.domain.lifecycle import PlanState
from services.exam.domain.model import Component
from services.exam.domain.seating import SeatPair
from services.exam.domain.sitting import Sitting
from services.exam.domain.timing import Window
from shared.standards.blueprint import Blueprint


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenSession:
    """A session as the use cases see it: its plan's state, its times and whether it is closed."""

    id: UUID
    plan_id: UUID
    plan_state: PlanState
    component: Component
    window: Window
    closed_at: datetime | None
    present: int
    absent: int
    no_work: int


class Seated(NamedTuple):
    """A candidate at one component, locked."""

    application_id: UUID
    ticket_no: str
    institution_id: UUID | None
    journey_id: UUID | None
    version: int
    session_id: UUID
    sitting: Sitting
    interview_code: str | None


@dataclass(frozen=True, slots=True)
class FrozenBlueprint:
    """A version of a blueprint that plans were published with, and when it was first."""

    blueprint: Blueprint
    frozen_at: datetime


class Moved(NamedTuple):
    """A candidate whose row changed: what is needed to publish it."""

    application_id: UUID
    journey_id: UUID | None
    version: int


class Placed(NamedTuple):
    """A candidate who got a seat: what is needed to publish it."""

    application_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    version: int


class Place(NamedTuple):
    """What a ticket says about a room in a session."""

    site: str
    room: str
    starts_at: datetime


class Ticket(NamedTuple):
    """A candidate's seats under an admission ticket number."""

    application_id: UUID
    ticket_no: str
    seats: SeatPair


class AcceptedRecord(NamedTuple):
    """A device's record that was accepted: what it said, as a digest, and the sealed answer it got."""

    sequence: int
    digest: bytes
    answer: bytes


class NewWork(NamedTuple):
    """A handed-in work. Whose it is stays sealed until marking is closed."""

    work_code: str
    sealed_application: bytes
    files: tuple[HandedInFile, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCounts:
    """How a plan stands. `waiting` have no seat; absences include those who handed in no work."""

    waiting: int
    candidates: int
    works: int
    interviews: int
    absent_practical: int
    absent_interview: int
