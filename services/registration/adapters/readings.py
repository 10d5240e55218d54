"""What the API shows, read in pages. Every statement is bound to the tenant; none means the certifying body."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from shared import ids
from shared.work import UnitOfWork

_TENANT = "(CAST(:tenant AS uuid) IS NULL OR institution_id = CAST(:tenant AS uuid))"
_INSTITUTIONS = "SELECT * FROM institution WHERE id > :after ORDER BY id LIMIT :limit"
_PLANS = """
    SELECT * FROM plan
     WHERE entry_opens_at <= :now AND entry_closes_at > :now AND arranged_at IS NULL AND id > :after
     ORDER BY id LIMIT :limit
"""
_BATCHES = f"SELECT * FROM batch WHERE {_TENANT} AND id > :after ORDER BY id LIMIT :limit"
_BATCH = f"SELECT * FROM batch WHERE id = :id AND {_TENANT}"
_BATCH_BY_KEY = "SELECT * FROM batch WHERE institution_id = :tenant AND key = :key"
_ERRORS = f"""
    SELECT row_no, place, field, code, position, character FROM row_error
     WHERE batch_id = (SELECT id FROM batch WHERE id = :batch_id AND {_TENANT})
       AND (row_no, place) > (:row, :place)
     ORDER BY row_no, place LIMIT :limit
"""
_APPLICATIONS = f"""
    SELECT id, journey_id, status, version, plan_id, institution_id, batch_id, row_no, sealed, materials, reason_code,
           submitted_at
      FROM application WHERE {_TENANT} AND id > :after {{filters}} ORDER BY id LIMIT :limit
"""
_APPLICATION = f"""
    SELECT a.*, to_jsonb(j) AS journey
      FROM application a LEFT JOIN journey j ON j.application_id = a.id
     WHERE a.id = :id AND {_TENANT}
"""
_FILTERS = {
    "plan_id": " AND plan_id = :plan_id",
    "batch_id": " AND batch_id = :batch_id",
    "status": " AND status = :status",
}


class SqlReadings:
    """The readings of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's statements."""
        self._work = work

    async def institutions(self, after: UUID | None, limit: int) -> Sequence[Any]:
        """Return institutions in the order they were created."""
        return await self._work.rows(_INSTITUTIONS, {"after": after or ids.FIRST, "limit": limit})

    async def plans(self, now: Any, after: UUID | None, limit: int) -> Sequence[Any]:
        """Return the plans that take entries at the moment."""
        return await self._work.rows(_PLANS, {"now": now, "after": after or ids.FIRST, "limit": limit})

    async def batches(self, tenant: UUID | None, after: UUID | None, limit: int) -> Sequence[Any]:
        """Return batches in the order they came."""
        return await self._work.rows(_BATCHES, {"tenant": tenant, "after": after or ids.FIRST, "limit": limit})

    async def batch(self, batch_id: UUID, tenant: UUID | None) -> Any | None:
        """Return one batch, or nothing."""
        return _first(await self._work.rows(_BATCH, {"id": batch_id, "tenant": tenant}))

    async def batch_by_key(self, tenant: UUID, key: str) -> Any | None:
        """Return the batch that came under an idempotency key, or nothing."""
        return _first(await self._work.rows(_BATCH_BY_KEY, {"tenant": tenant, "key": key}))

    async def errors(self, batch_id: UUID, tenant: UUID | None, after: tuple[int, int], limit: int) -> Sequence[Any]:
        """Return row errors in the order of the file."""
        place = {"row": after[0], "place": after[1]}
        return await self._work.rows(_ERRORS, place | {"batch_id": batch_id, "tenant": tenant, "limit": limit})

    async def applications(
        self, tenant: UUID | None, filters: Mapping[str, Any], after: UUID | None, limit: int
    ) -> Sequence[Any]:
        """Return applications in the order they came."""
        chosen = {name: value for name, value in filters.items() if value is not None}
        statement = _APPLICATIONS.format(filters="".join(_FILTERS[name] for name in chosen))
        return await self._work.rows(
            statement, chosen | {"tenant": tenant, "after": after or ids.FIRST, "limit": limit}
        )

    async def application(self, application_id: UUID, tenant: UUID | None) -> Any | None:
        """Return one application with its journey, or nothing."""
        return _first(await self._work.rows(_APPLICATION, {"id": application_id, "tenant": tenant}))


def _first(rows: Sequence[Any]) -> Any | None:
    return rows[0] if rows else None
