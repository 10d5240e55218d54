"""Answers whoever checks a certificate: by token, by name or by the credential itself; all through one pure function.

A number alone opens nothing, and an unknown number gets the same answer as a wrong token or a wrong name.
"""

import asyncio
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from services.certificate.application.desk import Desk, read_credential
from services.certificate.application.errors import CertificateUnknown
from services.certificate.application.memory import Known
from services.certificate.application.ports import OpenWork, Reader, Work
from services.certificate.application.records import Entry, Held
from services.certificate.domain.facts import Facts, facts_in, holder_in
from services.certificate.domain.model import Reason
from services.certificate.domain.proof import Json
from services.certificate.domain.verification import (
    Cause,
    Claim,
    Finding,
    State,
    Trust,
    examine,
    judge,
    number_in,
    verify,
)
from shared.persons.comparing import same_name
from shared.sealing import UnsealFailed
from shared.text.codes import code_of

#: So few are checked without leaving the event loop; more go to a thread, in chunks.
_AT_ONCE = 4
_CHUNK = 50
_NOT_FOUND = Finding(State.NOT_FOUND)
_SEALED_AWAY = Finding(State.CANNOT_CHECK, Cause.STATUS_UNKNOWN)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The answer, with what the certificate says where the asker may see it."""

    finding: Finding
    checked_at: datetime
    facts: Facts | None = None
    revoked_at: datetime | None = None
    reason: Reason | None = None
    is_masked: bool = False


@dataclass(frozen=True, slots=True)
class Asked:
    """A number with the token from the paper."""

    number: str
    token: str


async def by_token(desk: Desk, open_work: OpenWork, reader: Reader, asked: Sequence[Asked]) -> list[Verdict]:
    """Return a verdict for each number and token, in their order."""
    numbers = [code_of(each.number) for each in asked]
    found = await reader.find(numbers)
    pairs = [(each, found.get(number)) for each, number in zip(asked, numbers, strict=True)]
    methods = {held.method for _, held in pairs if held}
    trust = desk.keys.trust_at_hand(methods)
    if trust is None:
        async with open_work() as work:
            trust = await _trust(desk, work, methods)
    if len(pairs) <= _AT_ONCE:
        return _judge_all(desk, trust, pairs)
    verdicts: list[Verdict] = []
    for start in range(0, len(pairs), _CHUNK):
        verdicts += await asyncio.to_thread(_judge_all, desk, trust, pairs[start : start + _CHUNK])
    return verdicts


async def by_name(desk: Desk, work: Work, number: str, name: str) -> Verdict:
    """Return a verdict for a number with the holder's name; the name in it is to be masked."""
    wanted = code_of(number)
    entries = await work.register.find([wanted])
    trust = await _trust(desk, work, {entry.method for entry in entries.values()})
    entry, now = entries.get(wanted), desk.clock.now()
    try:
        credential = read_credential(desk.open_credential(entry.credential if entry else desk.decoy[1]))
    except UnsealFailed:
        return Verdict(_SEALED_AWAY, now)
    if not same_name(name, holder_in(credential)) or entry is None:
        return Verdict(_NOT_FOUND, now)
    finding = verify(credential, trust, entry.certificate.standing, now)
    held = entry.certificate
    return Verdict(finding, now, facts_in(credential), held.revoked_at, held.reason, is_masked=True)


async def by_credential(desk: Desk, work: Work, credential: Json) -> Verdict:
    """Return a verdict for a credential that somebody presents, whatever it is."""
    number, now = number_in(credential), desk.clock.now()
    trust = await desk.keys.trust_for(credential, work.archive)
    entry = None
    if number is not None and number == code_of(number):
        entry = (await work.register.find([number])).get(number)
    finding = verify(credential, trust, entry.certificate.standing if entry else None, now)
    if finding.state is State.INVALID or entry is None:
        return Verdict(finding, now)
    held = entry.certificate
    return Verdict(finding, now, facts_in(credential), held.revoked_at, held.reason)


async def open_entry(desk: Desk, work: Work, number: str, token: str) -> tuple[Entry, bytes]:
    """Return the entry and the credential's bytes for a number with its token; raise `CertificateUnknown`."""
    wanted = code_of(number)
    entry = (await work.register.find([wanted])).get(wanted)
    if not _opens(desk, entry.token if entry else None, token) or entry is None:
        raise CertificateUnknown
    return entry, desk.open_credential(entry.credential)


async def _trust(desk: Desk, work: Work, methods: Iterable[str]) -> Trust:
    """Return the keys; the register says which key signed each certificate."""
    named = {"proof": [{"verificationMethod": method} for method in methods]}
    return await desk.keys.trust_for(named, work.archive)


def _judge_all(desk: Desk, trust: Trust, pairs: Sequence[tuple[Asked, Held | None]]) -> list[Verdict]:
    return [_judge(desk, trust, asked.token, held) for asked, held in pairs]


def _judge(desk: Desk, trust: Trust, token: str, held: Held | None) -> Verdict:
    now = desk.clock.now()
    try:
        if not _opens(desk, held.token if held else None, token) or held is None:
            return Verdict(_NOT_FOUND, now)
        known = desk.memory.recall(held.credential, lambda: _known(desk, trust, held.credential))
    except UnsealFailed:
        return Verdict(_SEALED_AWAY, now)
    if isinstance(known, Finding):
        return Verdict(known, now)
    claim, facts = known
    return Verdict(judge(claim, trust.issuer, held.standing, now), now, facts, held.revoked_at, held.reason)


def _known(desk: Desk, trust: Trust, sealed: bytes) -> Known | Finding:
    credential = read_credential(desk.open_credential(sealed))
    claim = examine(credential, trust)
    return (claim, facts_in(credential)) if isinstance(claim, Claim) else claim


def _opens(desk: Desk, sealed: bytes | None, token: str) -> bool:
    """Tell in constant time whether the token is the sealed one; without one, do the same work and say no."""
    held = desk.open_token(desk.decoy[0] if sealed is None else sealed)
    same = hmac.compare_digest(held.encode(), code_of(token).encode())
    return same and sealed is not None


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
