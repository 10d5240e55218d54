"""The audit trail: append-only, each row sealed to the one before by a hash, so that a change anywhere shows.

Details say what was done, never to whom by name: identifiers and codes only.
"""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import rfc8785
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from shared.work import UnitOfWork

#: What the first row follows.
GENESIS = bytes(32)
_LOCK = 0x6B7A_6175  # any number that every writer of the trail shares
_PAGE = 1_000

# Rows follow one another in one line, so writers wait for each other until they commit.
_LAST = """
    SELECT clock_now() AS at, coalesce(max(seq), 0) AS seq,
           (SELECT hash FROM audit ORDER BY seq DESC LIMIT 1) AS hash
      FROM audit
"""
_APPEND = """
    INSERT INTO audit (seq, at, actor, action, subject, detail, previous, hash)
    SELECT seq, at, actor, action, subject, CAST(detail AS jsonb), previous, hash
      FROM unnest(CAST(:seqs AS bigint[]), CAST(:ats AS timestamptz[]), CAST(:actors AS text[]),
                  CAST(:actions AS text[]), CAST(:subjects AS text[]), CAST(:details AS text[]),
                  CAST(:previous AS bytea[]), CAST(:hashes AS bytea[]))
           AS e (seq, at, actor, action, subject, detail, previous, hash)
"""
_READ = text("""
    SELECT seq, at, actor, action, subject, detail, previous, hash
      FROM audit WHERE seq > :after ORDER BY seq LIMIT :page
""")


@dataclass(frozen=True, slots=True)
class Entry:
    """One deed: who did what to which thing. Numbers in `detail` are whole; write others as text."""

    actor: str
    action: str
    subject: str
    detail: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Broken:
    """The first row that does not follow from the one before it."""

    seq: int
    reason: str


async def record(work: UnitOfWork, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
    """Append one row in the open transaction."""
    await record_all(work, [Entry(actor, action, subject, detail)])


async def record_all(work: UnitOfWork, entries: Sequence[Entry]) -> None:
    """Append rows in their order, with three statements however many they are."""
    if not entries:
        return
    await work.execute("SELECT pg_advisory_xact_lock(:lock)", {"lock": _LOCK})
    last = (await work.rows(_LAST))[0]
    previous = [last.hash or GENESIS]
    for offset, entry in enumerate(entries, start=1):
        previous.append(_hash(previous[-1], last.seq + offset, last.at, entry))
    await work.execute(
        _APPEND,
        {
            "seqs": [last.seq + offset for offset in range(1, len(entries) + 1)],
            "ats": [last.at] * len(entries),
            "actors": [entry.actor for entry in entries],
            "actions": [entry.action for entry in entries],
            "subjects": [entry.subject for entry in entries],
            "details": [rfc8785.dumps(dict(entry.detail)).decode() for entry in entries],
            "previous": previous[:-1],
            "hashes": previous[1:],
        },
    )


def _hash(previous: bytes, seq: int, at: datetime, entry: Entry) -> bytes:
    content: dict[str, Any] = {
        "seq": seq,
        "at": at.astimezone(UTC).isoformat(),
        "actor": entry.actor,
        "action": entry.action,
        "subject": entry.subject,
        "detail": dict(entry.detail),
    }
    return hashlib.sha256(previous + rfc8785.dumps(content)).digest()


async def verify(session: AsyncSession) -> Broken | None:
    """Read the whole trail and return its first broken row, or nothing if every row follows from the one before."""
    seq, previous = 0, GENESIS
    connection = await session.connection()
    while rows := (await connection.execute(_READ, {"after": seq, "page": _PAGE})).all():
        for row in rows:
            seq += 1
            entry = Entry(row.actor, row.action, row.subject, row.detail)
            if reason := _fault(row, seq, previous, entry):
                return Broken(seq, reason)
            previous = row.hash
    return None


def _fault(row: Any, seq: int, previous: bytes, entry: Entry) -> str | None:
    if row.seq != seq:
        return "row missing"
    if row.previous != previous:
        return "does not follow the row before"
    return None if row.hash == _hash(previous, seq, row.at, entry) else "content changed"
