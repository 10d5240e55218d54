"""Keys, status lists and printed documents in PostgreSQL."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.certificate.application.records import SignedList
from shared.work import UnitOfWork

_REMEMBER = """
    INSERT INTO signing_key (method, public_key, first_used_at) VALUES (:method, :public_key, :at)
    ON CONFLICT DO NOTHING
"""
_KEYS = "SELECT method, public_key FROM signing_key ORDER BY first_used_at, method"
_LIST = "SELECT number, version, signed, signed_version, signed_at FROM status_list WHERE number = :number"
_REVOKED = "SELECT status_index FROM certificate WHERE list_number = :number AND status = 'revoked'"
_SAVE_LIST = """
    UPDATE status_list SET signed = :signed, signed_version = :version, signed_at = :at
     WHERE number = :number AND (signed_version IS NULL OR signed_version <= :version)
"""
_DOCUMENT = "SELECT sealed FROM document WHERE certificate_id = :id"
_SAVE_DOCUMENT = """
    INSERT INTO document (certificate_id, sealed, printed_at) VALUES (:id, :sealed, :at) ON CONFLICT DO NOTHING
"""


class SqlArchive:
    """What is published beside the certificates."""

    def __init__(self, work: UnitOfWork) -> None:
        """Belong to one transaction."""
        self._work = work

    async def remember_key(self, method: str, public_key: bytes, at: datetime) -> None:
        """Keep a key for as long as certificates are checked with it."""
        await self._work.execute(_REMEMBER, {"method": method, "public_key": public_key, "at": at})

    async def keys(self) -> Mapping[str, bytes]:
        """Return every key ever used, by id, oldest first."""
        return {row.method: row.public_key for row in await self._work.rows(_KEYS)}

    async def status_list(self, number: int) -> SignedList | None:
        """Return a status list as last signed."""
        rows = await self._work.rows(_LIST, {"number": number})
        if not rows:
            return None
        row = rows[0]
        return SignedList(row.number, row.version, row.signed, row.signed_version, row.signed_at)

    async def revoked_in(self, number: int) -> Sequence[int]:
        """Return the indexes of the revoked certificates in a list."""
        return [row.status_index for row in await self._work.rows(_REVOKED, {"number": number})]

    async def save_list(self, signed: SignedList) -> None:
        """Keep a newly signed list unless a newer one is there."""
        await self._work.execute(
            _SAVE_LIST,
            {
                "number": signed.number,
                "version": signed.signed_version,
                "signed": signed.signed,
                "at": signed.signed_at,
            },
        )

    async def document(self, certificate_id: UUID) -> bytes | None:
        """Return the sealed PDF."""
        rows = await self._work.rows(_DOCUMENT, {"id": certificate_id})
        return rows[0].sealed if rows else None

    async def save_document(self, certificate_id: UUID, sealed: bytes, at: datetime) -> None:
        """Keep the sealed PDF unless one is kept already."""
        await self._work.execute(_SAVE_DOCUMENT, {"id": certificate_id, "sealed": sealed, "at": at})
