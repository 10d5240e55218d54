"""Batches in PostgreSQL: sealed uploads, leases, counts that only the holder of the lease may move."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

from services.registration.application.batch_file import BatchFormat
from services.registration.application.errors import LeaseLost
from services.registration.application.records import ClaimedBatch, NewBatch, Progress, RowError
from shared.database.columns import Columns
from shared.work import UnitOfWork


class _Fault(NamedTuple):
    row_no: int
    place: int
    field: str
    code: str
    position: int | None
    character: str


_CLAIMED, _FAULT = Columns(ClaimedBatch), Columns(_Fault)
_SPOOL = "INSERT INTO batch_upload (batch_id, chunk, sealed) VALUES (:batch_id, :chunk, :sealed)"
_ADD = """
    INSERT INTO batch (id, institution_id, plan_id, key, content_hash, size, form, encoding, chunks, status,
                       last_row, accepted, refused, attempts, created_at)
    VALUES (:id, :institution_id, :plan_id, :key, :content_hash, :size, :form, :encoding, :chunks, 'received',
            0, 0, 0, 0, :at)
    ON CONFLICT (institution_id, key) DO NOTHING
    RETURNING id
"""
# The database's clock, because leases are between processes.
_CLAIM = f"""
    UPDATE batch SET status = 'processing', claimed_by = :worker, claimed_until = now() + :lease,
                     attempts = attempts + 1
     WHERE id = (SELECT id FROM batch
                  WHERE status IN ('received', 'processing') AND (claimed_until IS NULL OR claimed_until < now())
                  ORDER BY attempts, id LIMIT 1 FOR UPDATE SKIP LOCKED)
    RETURNING {_CLAIMED.without("requires_materials")},
              (SELECT requires_materials FROM plan WHERE plan.id = batch.plan_id) AS requires_materials
"""
_RENEW = """
    UPDATE batch SET claimed_until = now() + :lease
     WHERE id = :id AND claimed_by = :worker AND status = 'processing'
    RETURNING (SELECT sealed FROM batch_upload WHERE batch_id = :id AND chunk = :chunk) AS sealed
"""
_BEGIN = "UPDATE batch SET total = :total WHERE id = :id AND claimed_by = :worker AND status = 'processing'"
_ADVANCE = """
    UPDATE batch SET last_row = :to_row, accepted = accepted + :accepted, refused = refused + :refused,
                     attempts = 0, claimed_until = now() + :lease
     WHERE id = :id AND claimed_by = :worker AND last_row = :from_row AND status = 'processing'
"""
_ERRORS = f"""
    INSERT INTO row_error (batch_id, {_FAULT}) SELECT :batch_id, {_FAULT} FROM {_FAULT.unnest("new")}
"""
_FINISH = """
    UPDATE batch SET status = 'finished', finished_at = :at, claimed_until = NULL
     WHERE id = :id AND claimed_by = :worker AND status = 'processing'
"""
_FAIL = """
    UPDATE batch SET status = 'failed', finished_at = :at, claimed_until = NULL, failure = CAST(:failure AS jsonb)
     WHERE id = :id AND status IN ('received', 'processing')
"""
_RELEASE = "UPDATE batch SET claimed_until = NULL, attempts = 0 WHERE id = :id AND claimed_by = :worker"
_FORGET = "DELETE FROM batch_upload WHERE batch_id = :id"


class SqlBatches:
    """The batches of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's statements."""
        self._work = work

    async def spool(self, batch_id: UUID, chunk: int, sealed: bytes) -> None:
        """Keep one sealed piece of an upload."""
        await self._work.execute(_SPOOL, {"batch_id": batch_id, "chunk": chunk, "sealed": sealed})

    async def add(self, batch: NewBatch, chunks: int) -> bool:
        """Store the batch; tell whether its key was new."""
        return bool(await self._work.rows(_ADD, asdict(batch) | {"form": batch.form.value, "chunks": chunks}))

    async def claim(self, worker: UUID, lease: timedelta) -> ClaimedBatch | None:
        """Take the batch that was tried least and came first, if any is free."""
        rows = await self._work.rows(_CLAIM, {"worker": worker, "lease": lease})
        return _claimed(rows[0]) if rows else None

    async def chunk(self, batch_id: UUID, worker: UUID, chunk: int, lease: timedelta) -> bytes:
        """Return one sealed piece and renew the lease."""
        rows = await self._work.rows(_RENEW, {"id": batch_id, "worker": worker, "chunk": chunk, "lease": lease})
        if not rows:
            raise LeaseLost
        return bytes(rows[0].sealed)

    async def begin(self, batch_id: UUID, worker: UUID, total: int) -> None:
        """Keep the number of rows."""
        await self._held(_BEGIN, {"id": batch_id, "worker": worker, "total": total})

    async def add_errors(self, batch_id: UUID, errors: Sequence[RowError]) -> None:
        """Store row errors with one statement."""
        if not errors:
            return
        rows = [
            _Fault(row, place, error.field, error.code, error.position, error.character)
            for place, (row, error) in enumerate(errors)
        ]
        await self._work.execute(_ERRORS, _FAULT.binds(rows) | {"batch_id": batch_id})

    async def advance(self, batch_id: UUID, worker: UUID, progress: Progress, lease: timedelta) -> None:
        """Add to the counts."""
        await self._held(_ADVANCE, asdict(progress) | {"id": batch_id, "worker": worker, "lease": lease})

    async def finish(self, batch_id: UUID, worker: UUID, at: datetime) -> None:
        """Close the batch and delete its upload."""
        await self._held(_FINISH, {"id": batch_id, "worker": worker, "at": at})
        await self._work.execute(_FORGET, {"id": batch_id})

    async def fail(self, batch_id: UUID, failure: Mapping[str, Any], at: datetime) -> None:
        """Close the batch with the reason and delete its upload."""
        await self._work.execute(_FAIL, {"id": batch_id, "failure": json.dumps(failure), "at": at})
        await self._work.execute(_FORGET, {"id": batch_id})

    async def release(self, batch_id: UUID, worker: UUID) -> None:
        """Give the batch back at once."""
        await self._work.execute(_RELEASE, {"id": batch_id, "worker": worker})

    async def _held(self, statement: str, parameters: Mapping[str, Any]) -> None:
        if (await self._work.execute(statement, parameters)).rowcount != 1:
            raise LeaseLost


def _claimed(row: Any) -> ClaimedBatch:
    return ClaimedBatch(**(dict(row._mapping) | {"form": BatchFormat(row.form)}))  # noqa: SLF001 - its public name
