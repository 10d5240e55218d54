"""What devices have sent, and the works among it, over SQL."""

import json
from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from services.exam.application.records import AcceptedRecord, NewWork
from shared.work import UnitOfWork

_CHUNK = 5_000


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
        rows = await self._work.rows(
            """
            SELECT sequence, digest, answer FROM device_record
             WHERE device_id = :device_id AND sequence = ANY(CAST(:sequences AS bigint[]))
            """,
            {"device_id": device_id, "sequences": list(sequences)},
        )
        return {row.sequence: AcceptedRecord(row.sequence, bytes(row.digest), bytes(row.answer)) for row in rows}

    async def keep(self, device_id: str, session_id: UUID, records: Sequence[AcceptedRecord]) -> None:
        """Store accepted records."""
        await self._work.execute(
            """
            INSERT INTO device_record (device_id, session_id, sequence, digest, answer)
            SELECT :device_id, :session_id, r.*
              FROM unnest(CAST(:sequences AS bigint[]), CAST(:digests AS bytea[]), CAST(:answers AS bytea[])) AS r
            """,
            {
                "device_id": device_id,
                "session_id": session_id,
                "sequences": [record.sequence for record in records],
                "digests": [record.digest for record in records],
                "answers": [record.answer for record in records],
            },
        )


class SqlWorks:
    """The handed-in works in one transaction."""

    def __init__(self, work: UnitOfWork) -> None:
        """Work in the transaction of `work`."""
        self._work = work

    async def add(self, plan_id: UUID, works: Sequence[NewWork]) -> None:
        """Store works."""
        await self._work.execute(
            """
            INSERT INTO work (plan_id, work_code, sealed_application, artefacts, submitted_at)
            SELECT :plan_id, w.code, w.owner, CAST(w.artefacts AS jsonb), w.at
              FROM unnest(CAST(:codes AS text[]), CAST(:owners AS bytea[]), CAST(:artefacts AS text[]),
                          CAST(:times AS timestamptz[])) AS w (code, owner, artefacts, at)
             ORDER BY w.code
            """,
            {
                "plan_id": plan_id,
                "codes": [work.work_code for work in works],
                "owners": [work.sealed_application for work in works],
                "artefacts": [json.dumps([file._asdict() for file in work.files]) for work in works],
                "times": [work.at for work in works],
            },
        )

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
