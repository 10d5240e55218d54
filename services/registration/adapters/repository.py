"""The applications in PostgreSQL, and what later events say of them; every statement takes many at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from pydantic_core import to_json
from sqlalchemy.exc import IntegrityError

from services.registration.application.records import (
    Change,
    Correction,
    NewApplication,
    Origin,
    Plan,
    StoredApplication,
)
from services.registration.domain.materials import Material
from services.registration.domain.model import Application, Status
from shared.database.columns import Columns, Jsonb
from shared.work import UnitOfWork

_PERSON_TAKEN = "23505"


class _New(NamedTuple):
    id: UUID
    journey_id: UUID
    row_no: int | None
    person_index: bytes
    sealed: bytes
    materials: Jsonb


class _Changed(NamedTuple):
    id: UUID
    status: Status
    version: int
    event_version: int
    reason_code: str | None
    comment: bytes | None
    entry: Jsonb


_NEW, _CHANGED, _PLAN = Columns(_New), Columns(_Changed), Columns(Plan)
_INSERT = f"""
    INSERT INTO application (plan_id, institution_id, batch_id, status, version, event_version, history, submitted_at,
                             {_NEW})
    SELECT :plan_id, :institution_id, :batch_id, 'submitted', 1, 0, '[]', :at, {_NEW} FROM {_NEW.unnest("new")}
     ORDER BY person_index
    ON CONFLICT DO NOTHING
    RETURNING id
"""
_LIVE_BATCHES = """
    SELECT person_index, batch_id FROM application
     WHERE plan_id = :plan_id AND person_index = ANY (CAST(:indexes AS bytea[])) AND live
"""
_LOCK = f"""
    SELECT a.id, a.journey_id, a.institution_id, a.sealed, a.status, a.version, a.event_version,
           {_PLAN.prefixed("p.")}
      FROM application a JOIN plan p ON p.id = a.plan_id
     WHERE a.id = ANY (CAST(:ids AS uuid[]))
       AND (CAST(:tenant AS uuid) IS NULL OR a.institution_id = CAST(:tenant AS uuid))
     ORDER BY a.id
       FOR UPDATE OF a
"""
_CHANGE = f"""
    UPDATE application a SET {_CHANGED.assigned("new", "id", "entry")}, history = a.history || new.entry
      FROM {_CHANGED.unnest("new")} WHERE a.id = new.id
"""
_CORRECT = """
    UPDATE application SET person_index = :person_index, sealed = :sealed, materials = CAST(:materials AS jsonb)
     WHERE id = :id
"""
#: Column of a journey -> its type.
_COLUMNS = {
    **dict.fromkeys(("practical_seat", "interview_seat", "result"), "jsonb"),
    **dict.fromkeys(("certificate_number", "certificate_reason_code"), "text"),
    **dict.fromkeys(("application_id", "certificate_id"), "uuid"),
}


class SqlApplications:
    """The applications of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's statements."""
        self._work = work

    async def insert(self, origin: Origin, new: Sequence[NewApplication]) -> set[UUID]:
        """Store those whose person has no live application; persons in one order, so that batches cannot deadlock."""
        if not new:
            return set()
        applications = [
            _New(each.id, each.journey_id, each.row, each.person_index, each.sealed, _materials(each.materials))
            for each in new
        ]
        rows = await self._work.rows(_INSERT, _NEW.binds(applications) | asdict(origin))
        return {row.id for row in rows}

    async def batches_of_live(self, plan_id: UUID, indexes: Sequence[bytes]) -> Mapping[bytes, UUID | None]:
        """Return by person which batch their live application came in."""
        rows = await self._work.rows(_LIVE_BATCHES, {"plan_id": plan_id, "indexes": list(indexes)})
        return {bytes(row.person_index): row.batch_id for row in rows}

    async def lock(self, ids: Sequence[UUID], *, tenant: UUID | None) -> Mapping[UUID, StoredApplication]:
        """Return the applications by id, locked in the order of their ids."""
        rows = await self._work.rows(_LOCK, {"ids": list(ids), "tenant": tenant})
        plan_of = cache(_plan)  # many applications, few plans
        return {row[0]: _to_domain(row, plan_of) for row in rows}

    async def change(self, changes: Sequence[Change]) -> None:
        """Store new states and add to their histories."""
        if not changes:
            return
        await self._work.execute(_CHANGE, _CHANGED.binds([_changed(change, change.state) for change in changes]))

    async def correct(self, correction: Correction) -> bool:
        """Store the corrected content; the person may meanwhile have another live application."""
        try:
            async with self._work.session.begin_nested():
                await self._work.execute(
                    _CORRECT,
                    {
                        "id": correction.change.id,
                        "person_index": correction.person_index,
                        "sealed": correction.sealed,
                        "materials": _materials(correction.materials),
                    },
                )
                await self.change([correction.change])
        except IntegrityError as error:
            if getattr(error.orig, "sqlstate", None) != _PERSON_TAKEN:
                raise
            return False
        return True


class SqlJourneys:
    """The journeys of one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Use the transaction's statements."""
        self._work = work

    async def record(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Set the given columns of each journey, in the order of the ids, so that two consumers cannot deadlock."""
        columns = list(rows[0])
        types = ", ".join(f"{column} {_COLUMNS.get(column, 'timestamptz')}" for column in columns)
        sets = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "application_id")
        names = ", ".join(columns)
        await self._work.execute(
            f"INSERT INTO journey ({names}) SELECT {names}"
            f" FROM jsonb_to_recordset(CAST(:rows AS jsonb)) AS new ({types})"
            f" ORDER BY application_id ON CONFLICT (application_id) DO UPDATE SET {sets}",
            {"rows": json.dumps(rows)},
        )


def _to_domain(row: Sequence[Any], plan_of: Callable[..., Plan]) -> StoredApplication:
    application_id, journey_id, institution_id, sealed, status, version, event_version, *columns = row
    plan = plan_of(*columns)
    return StoredApplication(
        id=application_id,
        journey_id=journey_id,
        institution_id=institution_id,
        plan=plan,
        sealed=sealed,
        state=Application(Status(status), version, event_version, plan.arranged_at is not None),
    )


def _plan(*columns: Any) -> Plan:
    return Plan(**{each.name: value for each, value in zip(fields(Plan), columns, strict=True)})


def _materials(materials: Sequence[Material]) -> str:
    if not materials:
        return "[]"
    return to_json([{"kind": each.kind, "sha256": each.sha256, "size": each.size} for each in materials]).decode()


def _changed(change: Change, state: Application) -> _Changed:
    return _Changed(
        change.id,
        state.status,
        state.version,
        state.event_version,
        change.reason_code,
        change.comment,
        _entry(change),
    )


def _entry(change: Change) -> str:
    return json.dumps([{"at": change.at.isoformat(), "stage": change.stage, "reason_code": change.reason_code}])
