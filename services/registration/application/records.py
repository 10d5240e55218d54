"""What passes between the use cases and their stores."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from services.registration.application.batch_file import BatchFormat
from services.registration.domain.faults import FieldError
from services.registration.domain.materials import Material
from services.registration.domain.model import Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An exam plan as registration knows it from its events."""

    id: UUID
    standard: str
    level: str
    unit: str | None
    requires_materials: bool
    entry_opens_at: datetime
    entry_closes_at: datetime
    arranged_at: datetime | None

    def takes_entries(self, now: datetime) -> bool:
        """Tell whether applications may be handed in."""
        return self.entry_opens_at <= now < self.entry_closes_at and self.arranged_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class NewApplication:
    """A checked and sealed application about to be stored."""

    id: UUID
    journey_id: UUID
    row: int | None
    person_index: bytes
    sealed: bytes
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """Where new applications come from and where they go."""

    plan_id: UUID
    institution_id: UUID | None
    batch_id: UUID | None
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredApplication:
    """An application read for a decision; its row is locked."""

    id: UUID
    journey_id: UUID
    institution_id: UUID | None
    plan: Plan
    sealed: bytes
    state: Application


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What a decision leaves behind on one application."""

    id: UUID
    state: Application
    at: datetime
    stage: str
    reason_code: str | None = None
    comment: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """The new content of a returned application."""

    change: Change
    person_index: bytes
    sealed: bytes
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBatch:
    """A batch whose upload is complete."""

    id: UUID
    institution_id: UUID
    plan_id: UUID
    key: str
    content_hash: bytes
    size: int
    form: BatchFormat
    encoding: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedBatch:
    """A batch that this worker holds for as long as its lease lasts."""

    id: UUID
    institution_id: UUID
    plan_id: UUID
    form: BatchFormat
    encoding: str
    chunks: int
    requires_materials: bool
    total: int | None
    last_row: int
    attempts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """What one committed piece of a batch adds."""

    from_row: int
    to_row: int
    accepted: int
    refused: int


#: Row number and fault.
RowError = tuple[int, FieldError]
