"""Revokes certificates: the register, the status list, the audit trail and the others learn of it together."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from services.certificate.application import publications
from services.certificate.application.desk import Desk
from services.certificate.application.errors import CertificateUnknown
from services.certificate.application.ports import Work
from services.certificate.application.records import Entry
from services.certificate.domain.model import Certificate, Reason
from shared.events.payload import EventPayload
from shared.events.received import Received


async def revoke(desk: Desk, work: Work, certificate_id: UUID, reason: Reason, *, actor: str, comment: str) -> Entry:
    """Revoke one certificate; a second time changes nothing. Raise `CertificateUnknown`."""
    entries = await work.register.lock(ids=[certificate_id])
    if not entries:
        raise CertificateUnknown
    changed = await revoke_all(desk, work, entries, reason, causes={})
    if changed:
        detail = {"reason": reason.value, "comment": comment}
        await work.audit(actor, "certificate.revoke", str(certificate_id), detail)
    found = await work.register.get(certificate_id, None)
    assert found is not None
    return found


async def revoke_all(
    desk: Desk,
    work: Work,
    entries: Sequence[Entry],
    reason: Reason,
    *,
    causes: Mapping[UUID, Received[EventPayload]],
) -> Sequence[Certificate]:
    """Revoke locked certificates and return those that changed; `causes` are the events by application."""
    now = desk.clock.now()
    after = {entry.certificate.id: entry.certificate.revoke(reason, now) for entry in entries}
    changed = [entry for entry in entries if after[entry.certificate.id] != entry.certificate]
    if not changed:
        return []
    certificates = [after[entry.certificate.id] for entry in changed]
    await work.register.save_revoked(certificates)
    for entry, certificate in zip(changed, certificates, strict=True):
        work.publish(
            publications.revoked(certificate),
            version=certificate.version,
            journey_id=entry.journey_id,
            cause=causes.get(certificate.application_id),
        )
    return certificates
