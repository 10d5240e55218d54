"""Institutions, their API clients, and the plans known from events, in PostgreSQL."""

import json
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from services.registration.adapters.tables import ApiClientRow, InstitutionRow, PlanRow
from services.registration.application.records import Plan
from shared.work import UnitOfWork

_SAVE_PLANS = """
    INSERT INTO plan (id, title, standard, level, unit, requires_materials, entry_opens_at, entry_closes_at)
    SELECT plan_id, title, standard, level, unit, requires_materials, entry_opens_at, entry_closes_at
      FROM jsonb_to_recordset(CAST(:rows AS jsonb))
           AS new (plan_id uuid, title text, standard text, level text, unit text, requires_materials boolean,
                   entry_opens_at timestamptz, entry_closes_at timestamptz)
     ORDER BY plan_id
    ON CONFLICT (id) DO UPDATE SET title = excluded.title, requires_materials = excluded.requires_materials,
           entry_opens_at = excluded.entry_opens_at, entry_closes_at = excluded.entry_closes_at
"""
_NOTE = """
    UPDATE plan SET {moment} = new.at
      FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS new (plan_id uuid, at timestamptz)
     WHERE plan.id = new.plan_id
"""
_MOMENTS = frozenset({"arranged_at", "finished_at"})


class SqlInstitutions:
    """The institutions of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's session."""
        self._work = work

    async def add(self, row: Mapping[str, Any]) -> None:
        """Store an institution."""
        self._work.session.add(InstitutionRow(**row))
        await self._work.session.flush()

    async def exists(self, institution_id: UUID) -> bool:
        """Tell whether there is such an institution."""
        return await self._work.session.get(InstitutionRow, institution_id) is not None

    async def add_client(self, row: Mapping[str, Any]) -> None:
        """Store an API client with the hash of its secret."""
        self._work.session.add(ApiClientRow(**row))
        await self._work.session.flush()

    async def client(self, client_id: str) -> ApiClientRow | None:
        """Return an API client, or nothing."""
        return await self._work.session.get(ApiClientRow, client_id)


class SqlPlans:
    """The plans of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's statements."""
        self._work = work

    async def get(self, plan_id: UUID) -> Plan | None:
        """Return a plan, or nothing."""
        row = await self._work.session.get(PlanRow, plan_id)
        return Plan(**row.model_dump(exclude={"title", "finished_at"})) if row else None

    async def save(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store published plans with one statement."""
        await self._work.execute(_SAVE_PLANS, {"rows": json.dumps(rows)})

    async def note(self, moment: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Store when plans were arranged or finished."""
        if moment not in _MOMENTS:
            raise KeyError(moment)
        await self._work.execute(_NOTE.format(moment=moment), {"rows": json.dumps(rows)})
