"""Partner schools and their API clients: made once, secrets shown once, tokens for who proves the secret."""

import asyncio
import hashlib
import hmac
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID

from services.registration.application.ports import Work
from shared import ids
from shared.errors import FieldError, Invalid, NotFound

DEFAULT_SCOPES = ("applications:read", "applications:write", "certificates:read", "tickets:read")
#: What a school's machine may hold at most: nothing that belongs to the certifying body.
ALLOWED_SCOPES = frozenset((*DEFAULT_SCOPES, "persons:read"))
_SALT = 16
_SECRET = 32


@dataclass(frozen=True, slots=True)
class NewClient:
    """A client as it is shown once: the secret is not kept."""

    client_id: str
    client_secret: str = field(repr=False)
    scopes: tuple[str, ...]


async def create_institution(work: Work, fields: dict[str, Any], actor: str, now: datetime) -> dict[str, Any]:
    """Store a partner school and return it."""
    row = {"id": ids.new_id(), "created_at": now, **fields}
    await work.institutions.add(row)
    await work.audit(actor, "institution.created", {str(row["id"]): {}})
    return row


async def create_client(
    work: Work, institution_id: UUID, label: str, scopes: Sequence[str], *, actor: str, now: datetime
) -> NewClient:
    """Store a client and return it with its secret; raise `NotFound`, or `Invalid` for scopes not meant for schools."""
    if not await work.institutions.exists(institution_id):
        raise NotFound
    if not set(scopes) <= ALLOWED_SCOPES:
        allowed = " ".join(sorted(ALLOWED_SCOPES))
        raise Invalid(
            errors=[FieldError("/scopes", "scope_not_allowed", f"只能是：{allowed}。", f"Allowed: {allowed}.")]
        )
    client = NewClient(f"kz-{ids.random_code(12).lower()}", secrets.token_urlsafe(_SECRET), tuple(sorted(set(scopes))))
    row = {
        "client_id": client.client_id,
        "institution_id": institution_id,
        "label": label,
        "scopes": list(client.scopes),
        "secret_hash": await asyncio.to_thread(hash_secret, client.client_secret, secrets.token_bytes(_SALT)),
        "created_at": now,
    }
    await work.institutions.add_client(row)
    await work.audit(actor, "client.created", {client.client_id: {"scopes": list(client.scopes)}})
    return client


async def authenticate(work: Work, client_id: str, secret: str) -> Any | None:
    """Return the client whose secret this is, or nothing; it takes as long for a client that does not exist."""
    client = await work.institutions.client(client_id)
    known: bytes = client.secret_hash if client else bytes(_SALT + 64)
    offered = await asyncio.to_thread(hash_secret, secret, known[:_SALT])
    return client if hmac.compare_digest(offered, known) and client else None


def hash_secret(secret: str, salt: bytes) -> bytes:
    """Return salt and scrypt hash of a secret."""
    return salt + hashlib.scrypt(secret.encode(), salt=salt, n=2**14, r=8, p=1)
