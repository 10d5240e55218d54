"""Publishes status lists: signed when a revocation changed one or when the signature grows old, else as stored."""

import asyncio
import json
from datetime import datetime

from services.certificate.application.desk import Desk
from services.certificate.application.errors import StatusListUnknown
from services.certificate.application.ports import Work
from services.certificate.application.records import SignedList
from services.certificate.domain import status_list
from services.certificate.domain.verification import SKEW


async def published_list(desk: Desk, work: Work, number: int) -> bytes:
    """Return the signed list credential; raise `StatusListUnknown`."""
    stored = await work.archive.status_list(number)
    if stored is None:
        raise StatusListUnknown
    now = desk.clock.now()
    if stored.signed is not None and _is_fresh(stored, now):
        return stored.signed
    revoked = await work.archive.revoked_in(number)
    encoded = await asyncio.to_thread(status_list.encode_list, revoked)
    moment = now.replace(microsecond=0)
    unsigned = status_list.list_credential(desk.issuer.list_url(number), desk.issuer.did, encoded, moment)
    signed = json.dumps(desk.notary.sign(unsigned, moment), separators=(",", ":")).encode()
    await work.archive.remember_key(desk.notary.method, desk.notary.public_key, now)
    await work.archive.save_list(SignedList(number, stored.version, signed, stored.version, moment))
    return signed


def _is_fresh(stored: SignedList, now: datetime) -> bool:
    """Tell whether a list can go out as it was signed: not too long ago, and not by a clock that was ahead."""
    is_current = stored.signed_version == stored.version
    return is_current and stored.signed_at is not None and -SKEW < now - stored.signed_at < status_list.RENEWAL
