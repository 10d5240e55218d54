"""Takes a batch in while it streams: hashed, its encoding found, sealed piece by piece, stored all or nothing."""

import hashlib
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from services.registration.application.batch_file import BatchFormat, EncodingProbe
from services.registration.application.errors import EmptyUpload, UnreadableUpload, UploadTooLarge
from services.registration.application.ports import Vault, Work
from services.registration.application.records import NewBatch
from shared import ids

_PIECE = 262_144


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiveBatch:
    """A school's upload: whose, for which plan, under which key, in which form."""

    institution_id: UUID
    plan_id: UUID
    key: str
    form: BatchFormat
    limit: int


@dataclass(slots=True)
class _Received:
    """What is known of an upload once its last byte has come."""

    digest: Any
    probe: EncodingProbe
    size: int = 0
    pieces: int = 0


class KeyTaken(Exception):
    """A batch came under this key before; the upload is rolled back. `digest` tells whether it is the same content."""

    def __init__(self, digest: bytes) -> None:
        """Keep the digest of the upload."""
        super().__init__()
        self.digest = digest


async def receive_batch(
    work: Work, vault: Vault, command: ReceiveBatch, body: AsyncIterator[bytes], now: datetime
) -> UUID:
    """Store an upload and return the new batch's id; raise `KeyTaken`, or why it cannot be taken."""
    batch_id = ids.new_id()
    found = _Received(hashlib.sha256(_frame(command)), EncodingProbe())
    async for piece in _pieces(body, command.limit):
        found.digest.update(piece)
        found.probe.feed(piece)
        found.size += len(piece)
        await work.batches.spool(batch_id, found.pieces, vault.seal_upload(batch_id, found.pieces, piece))
        found.pieces += 1
    found.probe.feed(b"", final=True)
    batch = NewBatch(
        id=batch_id,
        institution_id=command.institution_id,
        plan_id=command.plan_id,
        key=command.key,
        content_hash=found.digest.digest(),
        size=found.size,
        form=command.form,
        encoding=_encoding(found),
        at=now,
    )
    if not await work.batches.add(batch, found.pieces):
        raise KeyTaken(batch.content_hash)
    return batch_id


def _encoding(found: _Received) -> str:
    if not found.size:
        raise EmptyUpload
    if found.probe.encoding is None:
        raise UnreadableUpload
    return found.probe.encoding


def _frame(command: ReceiveBatch) -> bytes:
    # The same bytes for another plan or in another form are another request.
    return f"{command.plan_id}\0{command.form}\0".encode()


async def _pieces(body: AsyncIterator[bytes], limit: int) -> AsyncIterator[bytes]:
    """Yield pieces of one size, whatever sizes the network gives; raise `UploadTooLarge` past the limit."""
    waiting, size = bytearray(), 0
    async for data in body:
        size += len(data)
        if size > limit:
            raise UploadTooLarge(limit=limit)
        waiting += data
        while len(waiting) >= _PIECE:
            yield bytes(waiting[:_PIECE])
            del waiting[:_PIECE]
    if waiting:
        yield bytes(waiting)
