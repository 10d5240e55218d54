"""What devices have sent, and the works among it, over SQL."""

import json
from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.exam.application.records import AcceptedRecord, NewWork
from shared.database.columns import Columns, Jsonb
from shared.work import UnitOfWork

_CHUNK = 5_000


class _Work(NamedTuple):
    work_code: str
    sealed_application: bytes
    artefacts: Jsonb
    submitted_at: datetime


_RECORD, _WORK = Columns(AcceptedRecord), Columns(_Work)
_KNOWN = f"""
    SELECT {_RECORD} FROM device_record
     WHERE device_id = :device_id AND sequence = ANY(CAST(:sequences AS bigint[]))
"""
_KEEP = f"""
    INSERT INTO device_record (device_id, session_id, {_RECORD})
    SELECT :device_id, :session_id, {_RECORD} FROM {_RECORD.unnest("new")}
"""
_ADD = f"""
    INSERT INTO work (plan_id, {_WORK}) SELECT :plan_id, {_WORK} FROM {_WORK.unnest("new")} ORDER BY work_code
"""


class SqlDevices:
    """The accepted records of devices in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def lock(self, device_id: str) -> None:
        """Let no other request of this device in until the transaction ends."""
        await self._work.execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('device/' || :device_id, 0))", {"device_id": device_id}
        )

    async def known(self, device_id: str, sequences: Sequence[int]) -> dict[int, AcceptedRecord]:
        """Return the records accepted before."""
        rows = await self._work.rows(_KNOWN, {"device_id": device_id, "sequences": list(sequences)})
        return {row.sequence: AcceptedRecord._make(row) for row in rows}

    async def keep(self, device_id: str, session_id: UUID, records: Sequence[AcceptedRecord]) -> None:
        """Store accepted records."""
        given = {"device_id": device_id, "session_id": session_id}
        await self._work.execute(_KEEP, _RECORD.binds(records) | given)


class SqlWorks:
    """The handed-in works in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def add(self, plan_id: UUID, works: Sequence[NewWork]) -> None:
        """Store works."""
        rows = [
            _Work(work.work_code, work.sealed_application, json.dumps([file._asdict() for file in work.files]), work.at)
            for work in works
        ]
        await self._work.execute(_ADD, _WORK.binds(rows) | {"plan_id": plan_id})

    async def of_plans(self, plan_ids: Sequence[UUID]) -> AsyncIterator[list[tuple[UUID, str, bytes]]]:
        """Yield chunks of (plan, work code, sealed application)."""
        last = ""
        while rows := await self._work.rows(
            """
            SELECT plan_id, work_code, sealed_application FROM work
             WHERE plan_id = ANY(CAST(:plan_ids AS uuid[])) AND work_code > :last ORDER BY work_code LIMIT :chunk
            """,
            {"plan_ids": list(plan_ids), "last": last, "chunk": _CHUNK},
        ):
            yield [(row.plan_id, row.work_code, bytes(row.sealed_application)) for row in rows]
            last = rows[-1].work_code
