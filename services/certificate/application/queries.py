"""What officers and institutions may list."""

from collections.abc import Sequence
from uuid import UUID

from services.certificate.application.errors import CertificateUnknown
from services.certificate.application.ports import Work
from services.certificate.application.records import Entry, Listing


async def page(work: Work, listing: Listing, limit: int) -> Sequence[Entry]:
    """Return at most `limit` certificates in the order of their ids."""
    return await work.register.page(listing, limit)


async def count(work: Work, plan_id: UUID, institution_id: UUID | None) -> tuple[int, int]:
    """Return how many certificates of a plan were issued, and how many of these are revoked."""
    return await work.register.count(plan_id, institution_id)


async def one(work: Work, certificate_id: UUID, institution_id: UUID | None) -> Entry:
    """Return one certificate; raise `CertificateUnknown`, also for another institution's."""
    found = await work.register.get(certificate_id, institution_id)
    if found is None:
        raise CertificateUnknown
    return found
