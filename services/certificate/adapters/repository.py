"""The repository of certificates: the register in PostgreSQL."""

import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import Row

from services.certificate.application.records import Entry, Listing
from services.certificate.domain.model import Certificate, Reason, Status
from services.certificate.domain.status_list import Place, list_of, place_of
from shared import ids
from shared.database.columns import Columns
from shared.work import UnitOfWork

_PLACES = "status list"
_SECRET_BYTES = 32


class _Taken(NamedTuple):
    series: str
    taken: int


class _List(NamedTuple):
    number: int
    secret: bytes


class _Issued(NamedTuple):
    id: UUID
    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    number: str
    list_number: int
    status_index: int
    method: str
    status: Status
    version: int
    issued_at: datetime
    credential: bytes
    token: bytes


class _Revoked(NamedTuple):
    id: UUID
    status: Status
    version: int
    revoked_at: datetime | None
    reason: Reason | None


_TAKEN, _LIST, _ISSUED, _REVOKED = Columns(_Taken), Columns(_List), Columns(_Issued), Columns(_Revoked)
_TAKE = f"""
    INSERT INTO counter (year, {_TAKEN}) SELECT :year, {_TAKEN} FROM {_TAKEN.unnest("new")} ORDER BY series
    ON CONFLICT (series, year) DO UPDATE SET taken = counter.taken + EXCLUDED.taken
    RETURNING {_TAKEN}
"""
_OPEN_LISTS = f"""
    INSERT INTO status_list (version, {_LIST}) SELECT 0, {_LIST} FROM {_LIST.unnest("new")} ON CONFLICT DO NOTHING
"""
_SECRETS = f"SELECT {_LIST} FROM status_list WHERE number = ANY(CAST(:numbers AS integer[]))"
_ADD = f"""
    WITH added AS (
        INSERT INTO certificate ({_ISSUED}) SELECT {_ISSUED} FROM {_ISSUED.unnest("new")}
        RETURNING id, application_id
    )
    UPDATE candidate SET certificate_id = added.id FROM added WHERE candidate.application_id = added.application_id
"""
_FIND = "SELECT * FROM certificate WHERE number = ANY(CAST(:numbers AS text[]))"
_GET = """
    SELECT * FROM certificate
     WHERE id = :id AND (CAST(:institution AS uuid) IS NULL OR institution_id = CAST(:institution AS uuid))
"""
_PAGE = """
    SELECT * FROM certificate
     WHERE (CAST(:institution AS uuid) IS NULL OR institution_id = CAST(:institution AS uuid))
       AND (CAST(:plan AS uuid) IS NULL OR plan_id = CAST(:plan AS uuid))
       AND (CAST(:application AS uuid) IS NULL OR application_id = CAST(:application AS uuid))
       AND id > :after
     ORDER BY id LIMIT :limit
"""
_COUNT = """
    SELECT count(*) AS issued, count(*) FILTER (WHERE status = 'revoked') AS revoked FROM certificate
     WHERE plan_id = :plan AND (CAST(:institution AS uuid) IS NULL OR institution_id = :institution)
"""
_LOCK = """
    SELECT * FROM certificate
     WHERE id = ANY(CAST(:ids AS uuid[])) OR application_id = ANY(CAST(:applications AS uuid[]))
     ORDER BY id FOR UPDATE
"""
_REVOKE = f"""
    UPDATE certificate SET {_REVOKED.assigned("new", "id")}
      FROM {_REVOKED.unnest("new")} WHERE certificate.id = new.id
"""
_TOUCH_LISTS = """
    UPDATE status_list SET version = status_list.version + 1
     WHERE number IN (SELECT number FROM status_list WHERE number = ANY(CAST(:numbers AS integer[]))
                       ORDER BY number FOR UPDATE)
"""


class SqlRegister:
    """The certificates that exist."""

    def __init__(self, work: UnitOfWork) -> None:
        """Belong to one transaction."""
        self._work = work

    async def take_serials(self, wanted: Mapping[str, int], year: int) -> Mapping[str, int]:
        """Take so many serials of each series; return the first of each. Given back if the transaction fails."""
        series = [_Taken(*each) for each in wanted.items()]
        rows = await self._work.rows(_TAKE, _TAKEN.binds(series) | {"year": year})
        return {row.series: row.taken - wanted[row.series] + 1 for row in rows}

    async def take_places(self, count: int) -> Sequence[Place]:
        """Take places in the status lists that were never used."""
        first = (await self.take_serials({_PLACES: count}, 0))[_PLACES] - 1
        positions = range(first, first + count)
        numbers = list(range(list_of(first), list_of(positions[-1]) + 1))
        found = await self._secrets(numbers)
        if len(found) < len(numbers):
            fresh = [_List(number, secrets.token_bytes(_SECRET_BYTES)) for number in numbers]
            await self._work.execute(_OPEN_LISTS, _LIST.binds(fresh))
            found = await self._secrets(numbers)
        return [place_of(position, found[list_of(position)]) for position in positions]

    async def _secrets(self, numbers: Sequence[int]) -> Mapping[int, bytes]:
        return {row.number: row.secret for row in await self._work.rows(_SECRETS, {"numbers": list(numbers)})}

    async def add(self, entries: Sequence[Entry]) -> None:
        """Enter new certificates, one per application."""
        await self._work.execute(_ADD, _ISSUED.binds([_issued(entry, entry.certificate) for entry in entries]))

    async def find(self, numbers: Sequence[str]) -> Mapping[str, Entry]:
        """Return the certificates of these numbers."""
        rows = await self._work.rows(_FIND, {"numbers": list(numbers)})
        return {row.number: _entry(row) for row in rows}

    async def get(self, certificate_id: UUID, institution_id: UUID | None) -> Entry | None:
        """Return one certificate, of this institution only if one is given."""
        rows = await self._work.rows(_GET, {"id": certificate_id, "institution": institution_id})
        return _entry(rows[0]) if rows else None

    async def page(self, chosen: Listing, limit: int) -> Sequence[Entry]:
        """Return certificates in the order of their ids."""
        parameters = {
            "institution": chosen.institution_id,
            "plan": chosen.plan_id,
            "application": chosen.application_id,
            "after": chosen.after or ids.FIRST,
            "limit": limit,
        }
        return [_entry(row) for row in await self._work.rows(_PAGE, parameters)]

    async def count(self, plan_id: UUID, institution_id: UUID | None) -> tuple[int, int]:
        """Return how many certificates of a plan were issued, and how many of these are revoked."""
        row = (await self._work.rows(_COUNT, {"plan": plan_id, "institution": institution_id}))[0]
        return row.issued, row.revoked

    async def lock(self, *, ids: Sequence[UUID] = (), applications: Sequence[UUID] = ()) -> Sequence[Entry]:
        """Return certificates by their own or their applications' ids, locked."""
        rows = await self._work.rows(_LOCK, {"ids": list(ids), "applications": list(applications)})
        return [_entry(row) for row in rows]

    async def save_revoked(self, certificates: Sequence[Certificate]) -> None:
        """Keep the revocations and mark the status lists for a new signature."""
        rows = [_Revoked(each.id, each.status, each.version, each.revoked_at, each.reason) for each in certificates]
        await self._work.execute(_REVOKE, _REVOKED.binds(rows))
        numbers = sorted({each.place.list_number for each in certificates})
        await self._work.execute(_TOUCH_LISTS, {"numbers": numbers})


def _issued(entry: Entry, certificate: Certificate) -> _Issued:
    return _Issued(
        certificate.id,
        certificate.application_id,
        entry.plan_id,
        entry.institution_id,
        entry.journey_id,
        certificate.number,
        certificate.place.list_number,
        certificate.place.index,
        entry.method,
        certificate.status,
        certificate.version,
        certificate.issued_at,
        entry.credential,
        entry.token,
    )


def _entry(row: Row[Any]) -> Entry:
    return Entry(
        certificate=Certificate(
            id=row.id,
            application_id=row.application_id,
            number=row.number,
            place=Place(row.list_number, row.status_index),
            status=Status(row.status),
            version=row.version,
            issued_at=row.issued_at,
            revoked_at=row.revoked_at,
            reason=Reason(row.reason) if row.reason else None,
        ),
        plan_id=row.plan_id,
        institution_id=row.institution_id,
        journey_id=row.journey_id,
        method=row.method,
        credential=row.credential,
        token=row.token,
    )
