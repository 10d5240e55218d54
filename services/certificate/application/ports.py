"""What the use cases need from the outside."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from types import TracebackType
from typing import Any, Protocol, Self
from uuid import UUID

from services.certificate.application.records import (
    Admission,
    Candidate,
    Entry,
    Held,
    Listing,
    Plan,
    Result,
    SignedList,
    Voiding,
)
from services.certificate.domain.model import Certificate
from services.certificate.domain.proof import Json
from services.certificate.domain.status_list import Place
from shared.events.payload import EventPayload
from shared.events.received import Received


class Notary(Protocol):
    """Holds the signing key. A national signature or an HSM would be another notary."""

    @property
    def method(self) -> str:
        """Return the id under which the issuer lists the key."""
        ...

    @property
    def public_key(self) -> bytes:
        """Return the raw public key."""
        ...

    def sign(self, document: Json, created: datetime) -> Json:
        """Return the document with its proofs."""
        ...

    def stamp(self, data: bytes) -> bytes:
        """Return the signature over bytes that a proof's suite prepared."""
        ...


class Vault(Protocol):
    """Seals what names a person."""

    def seal(self, plain: bytes, context: str) -> bytes:
        """Return the sealed form, bound to the context."""
        ...

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return the plain bytes; raise if key, context or content do not match."""
        ...


class Press(Protocol):
    """Prints certificates."""

    async def print(self, credential: Json, source: bytes, qr_url: str) -> bytes:
        """Return the PDF with the credential's exact bytes attached; raise `NameNotPrintable`."""
        ...


class Candidates(Protocol):
    """Plans and what has come in about each application. Locks plans first, then candidates by id."""

    async def save_plans(self, plans: Sequence[Plan]) -> None:
        """Keep the plans; wait for whoever is looking at them."""
        ...

    async def hold_plans(self, ids: Sequence[UUID]) -> Mapping[UUID, Plan]:
        """Return the known plans, and keep all of them from changing until the transaction ends."""
        ...

    async def admit(self, admissions: Sequence[Admission]) -> Sequence[Candidate]:
        """Add admissions; return the candidates as they are now, locked."""
        ...

    async def record(self, results: Sequence[Result]) -> Sequence[Candidate]:
        """Add results that are newer than those known; return those candidates as they are now, locked."""
        ...

    async def void(self, voidings: Sequence[Voiding]) -> None:
        """Mark applications void."""
        ...

    async def waiting_for(self, plan_ids: Sequence[UUID]) -> Sequence[Candidate]:
        """Return the passed candidates of these plans that have no certificate yet, locked."""
        ...


class Register(Protocol):
    """The certificates that exist."""

    async def take_serials(self, wanted: Mapping[str, int], year: int) -> Mapping[str, int]:
        """Take so many serials of each series; return the first of each."""
        ...

    async def take_places(self, count: int) -> Sequence[Place]:
        """Take places in the status lists that were never used."""
        ...

    async def add(self, entries: Sequence[Entry]) -> None:
        """Enter new certificates, one per application."""
        ...

    async def find(self, numbers: Sequence[str]) -> Mapping[str, Entry]:
        """Return the certificates of these numbers."""
        ...

    async def get(self, certificate_id: UUID, institution_id: UUID | None) -> Entry | None:
        """Return one certificate, of this institution only if one is given."""
        ...

    async def page(self, chosen: Listing, limit: int) -> Sequence[Entry]:
        """Return certificates in the order of their ids."""
        ...

    async def count(self, plan_id: UUID, institution_id: UUID | None) -> tuple[int, int]:
        """Return how many certificates of a plan were issued, and how many of these are revoked."""
        ...

    async def lock(self, *, ids: Sequence[UUID] = (), applications: Sequence[UUID] = ()) -> Sequence[Entry]:
        """Return certificates by their own or their applications' ids, locked."""
        ...

    async def save_revoked(self, certificates: Sequence[Certificate]) -> None:
        """Keep the revocations and mark the status lists for a new signature."""
        ...


class Reader(Protocol):
    """Reads the register for those who check certificates, without a transaction."""

    async def find(self, numbers: Sequence[str]) -> Mapping[str, Held]:
        """Return the certificates of these numbers as they are now, perhaps more; raise `OSError` if it fails."""
        ...


class Archive(Protocol):
    """What is published beside the certificates: keys, status lists, printed documents."""

    async def remember_key(self, method: str, public_key: bytes, at: datetime) -> None:
        """Keep a key for as long as certificates are checked with it."""
        ...

    async def keys(self) -> Mapping[str, bytes]:
        """Return every key ever used, by id, oldest first."""
        ...

    async def status_list(self, number: int) -> SignedList | None:
        """Return a status list as last signed."""
        ...

    async def revoked_in(self, number: int) -> Sequence[int]:
        """Return the indexes of the revoked certificates in a list."""
        ...

    async def save_list(self, signed: SignedList) -> None:
        """Keep a newly signed list unless a newer one is there."""
        ...

    async def document(self, certificate_id: UUID) -> bytes | None:
        """Return the sealed PDF."""
        ...

    async def save_document(self, certificate_id: UUID, sealed: bytes, at: datetime) -> None:
        """Keep the sealed PDF unless one is kept already."""
        ...


class Work(Protocol):
    """One transaction: entered when it opens, left when it commits or rolls back."""

    async def __aenter__(self) -> Self:
        """Open the transaction."""
        ...

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> bool | None:
        """Commit, or roll back after an exception."""
        ...

    @property
    def candidates(self) -> Candidates:
        """Return what has come in."""
        ...

    @property
    def register(self) -> Register:
        """Return the certificates."""
        ...

    @property
    def archive(self) -> Archive:
        """Return what is published beside them."""
        ...

    def publish(
        self,
        payload: EventPayload,
        *,
        version: int,
        journey_id: UUID | None,
        cause: Received[EventPayload] | None = None,
    ) -> None:
        """Publish an event when the transaction commits."""
        ...

    async def audit(self, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Append to the audit trail."""
        ...


#: Opens a new transaction each time it is called.
OpenWork = Callable[[], Work]
