"""Answers whoever checks a certificate: by token, by name or by the credential itself; all through one pure function.

A number alone opens nothing, and an unknown number gets the same answer as a wrong token or a wrong name.
"""

import asyncio
import hmac
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.certificate.application.desk import Desk, read_credential
from services.certificate.application.errors import CertificateUnknown
from services.certificate.application.ports import Work
from services.certificate.application.records import Entry
from services.certificate.domain import naming
from services.certificate.domain.model import Reason
from services.certificate.domain.numbering import normalise_number
from services.certificate.domain.proof import Json
from services.certificate.domain.verification import Cause, Finding, State, Trust, number_in, verify
from shared.sealing import UnsealFailed

#: So few are checked without leaving the event loop; more go to a thread, in chunks.
_AT_ONCE = 4
_CHUNK = 50
_NOT_FOUND = Finding(State.NOT_FOUND)
_SEALED_AWAY = Finding(State.CANNOT_CHECK, Cause.STATUS_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with the credential it is about where the asker may see it."""

    finding: Finding
    checked_at: datetime
    credential: Json | None = None
    source: bytes | None = None
    revoked_at: datetime | None = None
    reason: Reason | None = None
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A number with the token from the paper."""

    number: str
    token: str


async def by_token(desk: Desk, work: Work, asked: Sequence[Asked]) -> list[Verdict]:
    """Return a verdict for each number and token, in their order."""
    entries = await work.register.find(sorted({normalise_number(each.number) for each in asked}))
    trust = await _trust(desk, work, entries)
    pairs = [(each, entries.get(normalise_number(each.number))) for each in asked]
    if len(pairs) <= _AT_ONCE:
        return _judge_all(desk, trust, pairs)
    verdicts: list[Verdict] = []
    for start in range(0, len(pairs), _CHUNK):
        verdicts += await asyncio.to_thread(_judge_all, desk, trust, pairs[start : start + _CHUNK])
    return verdicts


async def by_name(desk: Desk, work: Work, number: str, name: str) -> Verdict:
    """Return a verdict for a number with the holder's name; the name in it is to be masked."""
    wanted = normalise_number(number)
    entries = await work.register.find([wanted])
    trust = await _trust(desk, work, entries)
    entry, now = entries.get(wanted), desk.clock.now()
    try:
        credential = read_credential(desk.open_credential(entry.credential if entry else desk.decoy[1]))
    except UnsealFailed:
        return Verdict(_SEALED_AWAY, now)
    if not naming.same_name(name, holder_in(credential)) or entry is None:
        return Verdict(_NOT_FOUND, now)
    finding = verify(credential, trust, entry.certificate.standing, now)
    held = entry.certificate
    return Verdict(finding, now, credential, None, held.revoked_at, held.reason, is_masked=True)


async def by_credential(desk: Desk, work: Work, credential: Json) -> Verdict:
    """Return a verdict for a credential that somebody presents, whatever it is."""
    number, now = number_in(credential), desk.clock.now()
    trust = await desk.keys.trust_for(credential, work.archive)
    entry = None
    if number is not None and number == normalise_number(number):
        entry = (await work.register.find([number])).get(number)
    finding = verify(credential, trust, entry.certificate.standing if entry else None, now)
    if finding.state is State.INVALID or entry is None:
        return Verdict(finding, now)
    held = entry.certificate
    return Verdict(finding, now, credential, None, held.revoked_at, held.reason)


async def open_entry(desk: Desk, work: Work, number: str, token: str) -> tuple[Entry, bytes]:
    """Return the entry and the credential's bytes for a number with its token; raise `CertificateUnknown`."""
    wanted = normalise_number(number)
    entry = (await work.register.find([wanted])).get(wanted)
    if not _opens(desk, entry, token) or entry is None:
        raise CertificateUnknown
    return entry, desk.open_credential(entry.credential)


def holder_in(credential: Mapping[str, Any]) -> str:
    """Return the holder's name that a credential of ours carries."""
    return str(credential["credentialSubject"]["identifier"][0]["identityHash"])


async def _trust(desk: Desk, work: Work, entries: Mapping[str, Entry]) -> Trust:
    """Return the keys for these entries; the register says which key signed each."""
    named = {"proof": [{"verificationMethod": entry.method} for entry in entries.values()]}
    return await desk.keys.trust_for(named, work.archive)


def _judge_all(desk: Desk, trust: Trust, pairs: Sequence[tuple[Asked, Entry | None]]) -> list[Verdict]:
    return [_judge(desk, trust, asked.token, entry) for asked, entry in pairs]


def _judge(desk: Desk, trust: Trust, token: str, entry: Entry | None) -> Verdict:
    now = desk.clock.now()
    try:
        if not _opens(desk, entry, token) or entry is None:
            return Verdict(_NOT_FOUND, now)
        source = desk.open_credential(entry.credential)
    except UnsealFailed:
        return Verdict(_SEALED_AWAY, now)
    credential = read_credential(source)
    held = entry.certificate
    finding = verify(credential, trust, held.standing, now)
    return Verdict(finding, now, credential, source, held.revoked_at, held.reason)


def _opens(desk: Desk, entry: Entry | None, token: str) -> bool:
    """Tell in constant time whether the token is the entry's; without an entry, do the same work and say no."""
    held = desk.open_token(entry.token if entry else desk.decoy[0])
    return hmac.compare_digest(held.encode(), token.strip().upper().encode("utf-8", "replace")) and entry is not None


def parse_presented(text: bytes) -> Json | None:
    """Return the presented JSON object, or nothing if it is none or gives a name twice (readers would disagree)."""
    try:
        found = json.loads(text, object_pairs_hook=_no_name_twice, parse_constant=_no_constant)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _no_name_twice(pairs: list[tuple[str, Any]]) -> Json:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name is given twice")
    return found


def _no_constant(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
