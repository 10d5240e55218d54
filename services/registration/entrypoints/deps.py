"""What the routes need, and what a caller's token lets it see."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Protocol, cast
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from fastapi import Depends, Request

from services.registration.application import ports
from services.registration.entrypoints.places import UploadPlaces
from services.registration.settings import Settings
from shared.clock import Clock
from shared.errors import Forbidden
from shared.outbox.wake import Wake
from shared.web.auth import Principal


class Readings(Protocol):
    """The read side of one transaction."""

    async def institutions(self, after: UUID | None, limit: int) -> Any: ...  # noqa: D102
    async def plans(self, now: Any, after: UUID | None, limit: int) -> Any: ...  # noqa: D102
    async def batches(self, tenant: UUID | None, after: UUID | None, limit: int) -> Any: ...  # noqa: D102
    async def batch(self, batch_id: UUID, tenant: UUID | None) -> Any: ...  # noqa: D102
    async def batch_by_key(self, tenant: UUID, key: str) -> Any: ...  # noqa: D102
    async def errors(self, batch_id: UUID, tenant: UUID | None, after: tuple[int, int], limit: int) -> Any: ...  # noqa: D102
    async def applications(  # noqa: D102
        self, tenant: UUID | None, filters: Mapping[str, Any], after: UUID | None, limit: int
    ) -> Any: ...
    async def application(self, application_id: UUID, tenant: UUID | None) -> Any: ...  # noqa: D102


class Work(ports.Work, Protocol):
    """A transaction with its read side."""

    @property
    def readings(self) -> Readings: ...  # noqa: D102


@dataclass(frozen=True, slots=True, kw_only=True)
class Deps:
    """What `bootstrap.build` hands to the routes."""

    work: Callable[[], Work]
    vault: ports.Vault
    clock: Clock
    settings: Settings
    token_key: Ed25519PrivateKey
    uploads: UploadPlaces
    #: Wakes the worker of this process when a batch has come.
    arrived: Wake


def deps_of(request: Request) -> Deps:
    """Return the service's parts."""
    return cast("Deps", request.app.state.deps)


#: As a parameter of a route: `deps: GivenDeps`.
GivenDeps = Annotated[Deps, Depends(deps_of)]


def tenant_of(principal: Principal) -> UUID | None:
    """Return whose rows the caller may see: an institution its own, a reviewer all (none); raise `Forbidden` else."""
    if principal.institution_id is None and "applications:review" not in principal.scopes:
        raise Forbidden
    return principal.institution_id


def institution_of(principal: Principal) -> UUID:
    """Return the caller's institution; raise `Forbidden` if it has none."""
    if principal.institution_id is None:
        raise Forbidden
    return principal.institution_id


def body_only(principal: Principal) -> str:
    """Return the subject of a caller of the certifying body; raise `Forbidden` for an institution."""
    if principal.institution_id is not None:
        raise Forbidden
    return principal.subject
