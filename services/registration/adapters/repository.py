"""The applications in PostgreSQL, and what later events say of them; every statement takes many at once."""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, fields
from functools import cache
from typing import Any
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
from shared.work import UnitOfWork

_PERSON_TAKEN = "23505"

_INSERT = """
    INSERT INTO application (id, journey_id, plan_id, institution_id, batch_id, row_no, status, version, event_version,
                             person_index, sealed, materials, history, submitted_at)
    SELECT id, journey_id, :plan_id, :institution_id, :batch_id, row_no, 'submitted', 1, 0,
           person_index, sealed, CAST(materials AS jsonb), '[]', :at
      FROM unnest(CAST(:ids AS uuid[]), CAST(:journeys AS uuid[]), CAST(:rows AS integer[]),
                  CAST(:indexes AS bytea[]), CAST(:sealed AS bytea[]), CAST(:materials AS text[]))
           AS new (id, journey_id, row_no, person_index, sealed, materials)
     ORDER BY person_index
    ON CONFLICT DO NOTHING
    RETURNING id
"""
_LIVE_BATCHES = """
    SELECT person_index, batch_id FROM application
     WHERE plan_id = :plan_id AND person_index = ANY (CAST(:indexes AS bytea[])) AND live
"""
_LOCK = """
    SELECT a.id, a.journey_id, a.institution_id, a.sealed, a.status, a.version, a.event_version,
           p.id AS plan_id, p.standard, p.level, p.unit, p.requires_materials,
           p.entry_opens_at, p.entry_closes_at, p.arranged_at
      FROM application a JOIN plan p ON p.id = a.plan_id
     WHERE a.id = ANY (CAST(:ids AS uuid[]))
       AND (CAST(:tenant AS uuid) IS NULL OR a.institution_id = CAST(:tenant AS uuid))
     ORDER BY a.id
       FOR UPDATE OF a
"""
_CHANGE = """
    UPDATE application a
       SET status = new.status, version = new.version, event_version = new.event_version,
           reason_code = new.reason_code, comment = new.comment,
           history = a.history || CAST(new.entry AS jsonb)
      FROM unnest(CAST(:ids AS uuid[]), CAST(:statuses AS text[]), CAST(:versions AS bigint[]),
                  CAST(:events AS bigint[]), CAST(:reasons AS text[]), CAST(:comments AS bytea[]),
                  CAST(:entries AS text[]))
           AS new (id, status, version, event_version, reason_code, comment, entry)
     WHERE a.id = new.id
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
        rows = await self._work.rows(
            _INSERT,
            asdict(origin)
            | {
                "ids": [each.id for each in new],
                "journeys": [each.journey_id for each in new],
                "rows": [each.row for each in new],
                "indexes": [each.person_index for each in new],
                "sealed": [each.sealed for each in new],
                "materials": [_materials(each.materials) for each in new],
            },
        )
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
        await self._work.execute(
            _CHANGE,
            {
                "ids": [change.id for change in changes],
                "statuses": [change.state.status.value for change in changes],
                "versions": [change.state.version for change in changes],
                "events": [change.state.event_version for change in changes],
                "reasons": [change.reason_code for change in changes],
                "comments": [change.comment for change in changes],
                "entries": [_entry(change) for change in changes],
            },
        )

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


def _entry(change: Change) -> str:
    return json.dumps([{"at": change.at.isoformat(), "stage": change.stage, "reason_code": change.reason_code}])
