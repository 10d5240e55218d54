"""What the use cases need from outside: one transaction with its stores, and the vault that seals persons."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from types import TracebackType
from typing import Any, Protocol, Self
from uuid import UUID

from services.registration.application.records import (
    Change,
    ClaimedBatch,
    Correction,
    NewApplication,
    NewBatch,
    Origin,
    Plan,
    Progress,
    RowError,
    StoredApplication,
)
from services.registration.domain.person import Person, Profile
from shared.events.payload import EventPayload


class Applications(Protocol):
    """The applications."""

    async def insert(self, origin: Origin, new: Sequence[NewApplication]) -> set[UUID]:
        """Store those whose person has no live application for the plan; return the ids stored."""
        ...

    async def batches_of_live(self, plan_id: UUID, indexes: Sequence[bytes]) -> Mapping[bytes, UUID | None]:
        """Return by person which batch their live application came in."""
        ...

    async def lock(self, ids: Sequence[UUID], *, tenant: UUID | None) -> Mapping[UUID, StoredApplication]:
        """Return the applications by id, locked in a fixed order; a tenant gets its own only."""
        ...

    async def change(self, changes: Sequence[Change]) -> None:
        """Store new states with one statement."""
        ...

    async def correct(self, correction: Correction) -> bool:
        """Store a corrected application; tell whether its person was free."""
        ...


class Batches(Protocol):
    """The batches, their sealed uploads and their row errors."""

    async def spool(self, batch_id: UUID, chunk: int, sealed: bytes) -> None:
        """Keep one sealed piece of an upload."""
        ...

    async def add(self, batch: NewBatch, chunks: int) -> bool:
        """Store the batch; tell whether its key was new."""
        ...

    async def claim(self, worker: UUID, lease: timedelta) -> ClaimedBatch | None:
        """Take the oldest batch that nobody holds."""
        ...

    async def chunk(self, batch_id: UUID, worker: UUID, chunk: int, lease: timedelta) -> bytes:
        """Return one sealed piece and renew the lease; raise `LeaseLost` if another worker holds the batch."""
        ...

    async def begin(self, batch_id: UUID, worker: UUID, total: int) -> None:
        """Keep the number of rows: the file is sound as a whole."""
        ...

    async def add_errors(self, batch_id: UUID, errors: Sequence[RowError]) -> None:
        """Store row errors with one statement."""
        ...

    async def advance(self, batch_id: UUID, worker: UUID, progress: Progress, lease: timedelta) -> None:
        """Add to the counts; raise `LeaseLost` if the batch is not where this worker left it."""
        ...

    async def finish(self, batch_id: UUID, worker: UUID, at: datetime) -> None:
        """Close the batch and delete its upload."""
        ...

    async def fail(self, batch_id: UUID, failure: Mapping[str, Any], at: datetime) -> None:
        """Close the batch with the reason and delete its upload."""
        ...

    async def release(self, batch_id: UUID, worker: UUID) -> None:
        """Give the batch back at once, so that another worker need not wait for the lease to end."""
        ...


class Institutions(Protocol):
    """Partner schools and their API clients."""

    async def add(self, row: Mapping[str, Any]) -> None:
        """Store an institution."""
        ...

    async def exists(self, institution_id: UUID) -> bool:
        """Tell whether there is such an institution."""
        ...

    async def add_client(self, row: Mapping[str, Any]) -> None:
        """Store an API client with the hash of its secret."""
        ...

    async def client(self, client_id: str) -> Any | None:
        """Return an API client, or nothing."""
        ...


class Plans(Protocol):
    """The exam plans known from events."""

    async def get(self, plan_id: UUID) -> Plan | None:
        """Return a plan, or nothing."""
        ...

    async def save(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store published plans with one statement."""
        ...

    async def note(self, moment: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store when plans were arranged or finished."""
        ...


class Journeys(Protocol):
    """What later events say of each application."""

    async def record(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Set the given columns of each application's journey with one statement; all rows have the same columns."""
        ...


class Work(Protocol):
    """One transaction."""

    @property
    def applications(self) -> Applications: ...  # noqa: D102
    @property
    def batches(self) -> Batches: ...  # noqa: D102
    @property
    def institutions(self) -> Institutions: ...  # noqa: D102
    @property
    def plans(self) -> Plans: ...  # noqa: D102
    @property
    def journeys(self) -> Journeys: ...  # noqa: D102

    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool | None: ...

    def publish(self, payload: EventPayload, *, version: int, journey_id: UUID | None) -> None:
        """Publish when the transaction commits."""
        ...

    async def audit(self, actor: str, action: str, details: Mapping[str, Mapping[str, Any]]) -> None:
        """Append one record per subject to the audit trail."""
        ...


#: Opens a new transaction each time it is called.
OpenWork = Callable[[], Work]


class Vault(Protocol):
    """Seals and opens personal data."""

    def seal(self, person: Person, profile: Profile) -> bytes:
        """Return the applicant sealed for storage."""
        ...

    def open(self, sealed: bytes) -> tuple[Person, Profile]:
        """Return a stored applicant."""
        ...

    def seal_for_event(self, person: Person) -> str:
        """Return the person sealed with context `person`, in base64, as other services expect it."""
        ...

    def index(self, person: Person) -> bytes:
        """Return the blind index that finds the same person again."""
        ...

    def seal_text(self, text: str) -> bytes:
        """Return a free text sealed for storage."""
        ...

    def open_text(self, sealed: bytes) -> str:
        """Return a stored free text."""
        ...

    def seal_upload(self, batch_id: UUID, chunk: int, data: bytes) -> bytes:
        """Return one piece of an upload, bound to its place."""
        ...

    def open_upload(self, batch_id: UUID, chunk: int, sealed: bytes) -> bytes:
        """Return the plain piece."""
        ...
