"""From a verdict to words: every state in Chinese and English."""

from datetime import datetime

from services.certificate.application.records import Entry
from services.certificate.application.verifying import Verdict
from services.certificate.domain.credential import Issuer
from services.certificate.domain.model import REASON_TEXTS
from services.certificate.domain.verification import Cause, Finding, State
from services.certificate.entrypoints.schemas import (
    CertificateResponse,
    Score,
    ShownCertificate,
    VerificationResponse,
)
from shared.persons.masks import mask_name

_TEXTS: dict[State, tuple[str, str]] = {
    State.VALID: ("证书真实有效。", "This certificate is genuine and valid."),
    State.REVOKED: ("该证书已被撤销，不再有效。", "This certificate has been revoked and is no longer valid."),
    State.NOT_FOUND: ("没有找到与所给信息相符的证书，请核对后重试。", "No certificate matches what was given."),
    State.INVALID: (
        "该凭证不是本机构签发的原件，或内容已被改动。",
        "This is not an unchanged credential of this issuer.",
    ),
    State.CANNOT_CHECK: ("暂时无法核验，请稍后重试；这不表示证书无效。", "It cannot be checked now; try again later."),
}


def verification(verdict: Verdict) -> VerificationResponse:
    """Return the answer for a verdict."""
    zh, en = _TEXTS[verdict.finding.state]
    return VerificationResponse(
        state=verdict.finding.state,
        cause=verdict.finding.cause,
        message_zh=zh,
        message_en=en,
        checked_at=verdict.checked_at,
        certificate=_shown(verdict),
    )


def unavailable(now: datetime) -> VerificationResponse:
    """Return the answer when the register cannot be asked."""
    return verification(Verdict(Finding(State.CANNOT_CHECK, Cause.STATUS_UNKNOWN), now))


def certificate(entry: Entry, issuer: Issuer, token: str) -> CertificateResponse:
    """Return a certificate as officers see it."""
    held = entry.certificate
    return CertificateResponse(
        id=held.id,
        application_id=held.application_id,
        plan_id=entry.plan_id,
        number=held.number,
        status=held.status,
        issued_at=held.issued_at,
        revoked_at=held.revoked_at,
        reason_code=held.reason,
        verify_url=issuer.verify_url(held.number, token),
    )


def _shown(verdict: Verdict) -> ShownCertificate | None:
    """Return what may be shown: nothing of a credential that is neither valid nor revoked."""
    facts = verdict.facts
    if facts is None or verdict.finding.state not in {State.VALID, State.REVOKED}:
        return None
    is_revoked = verdict.finding.state is State.REVOKED
    zh, en = REASON_TEXTS[verdict.reason] if is_revoked and verdict.reason else (None, None)
    return ShownCertificate(
        number=facts.number,
        holder=mask_name(facts.holder) if verdict.is_masked else facts.holder,
        achievement=facts.achievement,
        achievement_en=facts.achievement_en,
        issuer=facts.issuer,
        issued_at=facts.issued_at,
        scores=[] if verdict.is_masked else [Score(name=name, value=value) for name, value in facts.scores],
        revoked_at=verdict.revoked_at if is_revoked else None,
        reason_code=verdict.reason if is_revoked else None,
        reason_zh=zh,
        reason_en=en,
    )
