"""From what happened to what the others are told."""

from services.certificate.domain.model import Certificate
from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1


def issued(certificate: Certificate) -> CertificateIssuedV1:
    """Tell that a certificate was issued."""
    return CertificateIssuedV1(
        application_id=certificate.application_id,
        certificate_id=certificate.id,
        number=certificate.number,
        issued_at=certificate.issued_at,
    )


def revoked(certificate: Certificate) -> CertificateRevokedV1:
    """Tell that a certificate was revoked; raise `ValueError` for one that was not."""
    if certificate.reason is None or certificate.revoked_at is None:
        raise ValueError("the certificate is not revoked")
    return CertificateRevokedV1(
        application_id=certificate.application_id,
        certificate_id=certificate.id,
        reason_code=certificate.reason.value,
        revoked_at=certificate.revoked_at,
    )
