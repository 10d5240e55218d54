"""The repository of certificates: the register in PostgreSQL."""

import secrets
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row

from services.certificate.application.records import Entry, Listing
from services.certificate.domain.model import Certificate, Reason, Status
from services.certificate.domain.status_list import Place, list_of, place_of
from shared import ids
from shared.work import UnitOfWork

_PLACES = "status list"
_SECRET_BYTES = 32

_TAKE = """
    INSERT INTO counter (series, year, taken)
    SELECT series, :year, wanted FROM unnest(CAST(:series AS text[]), CAST(:wanted AS bigint[])) AS e (series, wanted)
     ORDER BY series
    ON CONFLICT (series, year) DO UPDATE SET taken = counter.taken + EXCLUDED.taken
    RETURNING series, taken
"""
_OPEN_LISTS = """
    INSERT INTO status_list (number, secret, version)
    SELECT number, secret, 0 FROM unnest(CAST(:numbers AS integer[]), CAST(:secrets AS bytea[])) AS e (number, secret)
    ON CONFLICT DO NOTHING
"""
_SECRETS = "SELECT number, secret FROM status_list WHERE number = ANY(CAST(:numbers AS integer[]))"
_ADD = """
    WITH added AS (
        INSERT INTO certificate (id, application_id, plan_id, institution_id, journey_id, number, list_number,
                                 status_index, method, status, version, issued_at, credential, token)
        SELECT id, application_id, plan_id, institution_id, journey_id, number, list_number, status_index,
               method, 'valid', version, issued_at, credential, token
          FROM unnest(CAST(:ids AS uuid[]), CAST(:applications AS uuid[]), CAST(:plans AS uuid[]),
                      CAST(:institutions AS uuid[]), CAST(:journeys AS uuid[]), CAST(:numbers AS text[]),
                      CAST(:lists AS integer[]), CAST(:indexes AS integer[]), CAST(:methods AS text[]),
                      CAST(:versions AS bigint[]), CAST(:moments AS timestamptz[]), CAST(:credentials AS bytea[]),
                      CAST(:tokens AS bytea[]))
               AS e (id, application_id, plan_id, institution_id, journey_id, number, list_number, status_index, method,
                     version, issued_at, credential, token)
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
_REVOKE = """
    UPDATE certificate SET status = 'revoked', version = e.version, revoked_at = e.revoked_at, reason = e.reason
      FROM unnest(CAST(:ids AS uuid[]), CAST(:versions AS bigint[]), CAST(:moments AS timestamptz[]),
                  CAST(:reasons AS text[])) AS e (id, version, revoked_at, reason)
     WHERE certificate.id = e.id
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
        rows = await self._work.rows(
            _TAKE, {"year": year, "series": list(wanted), "wanted": [wanted[series] for series in wanted]}
        )
        return {row.series: row.taken - wanted[row.series] + 1 for row in rows}

    async def take_places(self, count: int) -> Sequence[Place]:
        """Take places in the status lists that were never used."""
        first = (await self.take_serials({_PLACES: count}, 0))[_PLACES] - 1
        positions = range(first, first + count)
        numbers = list(range(list_of(first), list_of(positions[-1]) + 1))
        found = await self._secrets(numbers)
        if len(found) < len(numbers):
            fresh = [secrets.token_bytes(_SECRET_BYTES) for _ in numbers]
            await self._work.execute(_OPEN_LISTS, {"numbers": numbers, "secrets": fresh})
            found = await self._secrets(numbers)
        return [place_of(position, found[list_of(position)]) for position in positions]

    async def _secrets(self, numbers: Sequence[int]) -> Mapping[int, bytes]:
        return {row.number: row.secret for row in await self._work.rows(_SECRETS, {"numbers": list(numbers)})}

    async def add(self, entries: Sequence[Entry]) -> None:
        """Enter new certificates, one per application."""
        held = [entry.certificate for entry in entries]
        await self._work.execute(
            _ADD,
            {
                "ids": [each.id for each in held],
                "applications": [each.application_id for each in held],
                "plans": [entry.plan_id for entry in entries],
                "institutions": [entry.institution_id for entry in entries],
                "journeys": [entry.journey_id for entry in entries],
                "numbers": [each.number for each in held],
                "lists": [each.place.list_number for each in held],
                "indexes": [each.place.index for each in held],
                "methods": [entry.method for entry in entries],
                "versions": [each.version for each in held],
                "moments": [each.issued_at for each in held],
                "credentials": [entry.credential for entry in entries],
                "tokens": [entry.token for entry in entries],
            },
        )

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
        await self._work.execute(
            _REVOKE,
            {
                "ids": [each.id for each in certificates],
                "versions": [each.version for each in certificates],
                "moments": [each.revoked_at for each in certificates],
                "reasons": [each.reason.value if each.reason else None for each in certificates],
            },
        )
        numbers = sorted({each.place.list_number for each in certificates})
        await self._work.execute(_TOUCH_LISTS, {"numbers": numbers})


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
