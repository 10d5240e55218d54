"""What the service is asked to do."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.exam.domain.model import BlueprintChoice, PlanRules, Session
from services.exam.domain.sitting import Deed


@dataclass(frozen=True, slots=True)
class NewRoom:
    """A room (考场) with its number of stations (机位)."""

    name: str
    stations: int


@dataclass(frozen=True, slots=True, kw_only=True)
class CreateSite:
    """Add a site (考核站点)."""

    name: str
    address: str
    rooms: Sequence[NewRoom]


@dataclass(frozen=True, slots=True, kw_only=True)
class CreatePlan:
    """Draft an exam plan."""

    title: str
    standard: str
    edition: str | None = None
    level: str
    unit: str | None
    choice: BlueprintChoice | None = None
    entry_opens_at: datetime
    entry_closes_at: datetime
    requires_materials: bool
    rules: PlanRules
    sessions: Sequence[Session]


class HandedInFile(NamedTuple):
    """A file of a work, by its digest."""

    task_code: str
    sha256: str
    size: int


class DeviceRecord(NamedTuple):
    """What a device noted, in the order of its own sequence. `place` is where it stands in the request."""

    place: int
    sequence: int
    ticket_no: str
    occurred_at: datetime
    files: tuple[HandedInFile, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDeeds:
    """Take what a device noted at a session, perhaps hours ago while it was offline."""

    session_id: UUID
    device_id: str
    deed: Deed
    records: Sequence[DeviceRecord]
