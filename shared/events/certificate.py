"""What certificate tells the others. Topic `certificate.certificates`, keyed by application."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.payload import EventPayload


class CertificateEvent(EventPayload):
    """An event of one certificate."""

    topic: ClassVar[str] = "certificate.certificates"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    certificate_id: UUID


class CertificateIssuedV1(CertificateEvent):
    """A certificate was numbered and signed."""

    event_type: ClassVar[str] = "certificate.certificate_issued.v1"

    number: str
    issued_at: AwareDatetime


class CertificateRevokedV1(CertificateEvent):
    """A certificate is no longer valid. It stays visible as revoked."""

    event_type: ClassVar[str] = "certificate.certificate_revoked.v1"

    reason_code: str
    revoked_at: AwareDatetime
