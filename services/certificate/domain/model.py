"""A certificate's life: issued, perhaps revoked. A revoked one stays visible, its number is never used again."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Self
from uuid import UUID

from services.certificate.domain.status_list import Place
from services.certificate.domain.verification import Standing


class Status(StrEnum):
    """Where a certificate stands."""

    VALID = "valid"
    REVOKED = "revoked"


class Reason(StrEnum):
    """Why a certificate may be revoked."""

    FALSE_EVIDENCE = "false_evidence"
    MISCONDUCT = "misconduct"
    ISSUED_IN_ERROR = "issued_in_error"
    RESULT_AMENDED = "result_amended"
    HOLDER_REQUEST = "holder_request"
    APPLICATION_VOIDED = "application_voided"


REASON_TEXTS: Mapping[Reason, tuple[str, str]] = {
    Reason.FALSE_EVIDENCE: ("提供虚假材料", "False evidence was submitted"),
    Reason.MISCONDUCT: ("考试违纪", "Misconduct in the examination"),
    Reason.ISSUED_IN_ERROR: ("签发有误", "Issued in error"),
    Reason.RESULT_AMENDED: ("成绩更正后不合格", "The amended result is no longer a pass"),
    Reason.HOLDER_REQUEST: ("持证人申请", "At the holder's request"),
    Reason.APPLICATION_VOIDED: ("报名资格作废", "The application was voided"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate:
    """The register's entry of one certificate; what names the holder stays sealed beside it."""

    id: UUID
    application_id: UUID
    number: str
    place: Place
    status: Status
    version: int
    issued_at: datetime
    revoked_at: datetime | None = None
    reason: Reason | None = None

    @property
    def is_revoked(self) -> bool:
        """Tell whether it has been revoked."""
        return self.status is Status.REVOKED

    @property
    def standing(self) -> Standing:
        """Return what verification needs to know."""
        return Standing(self.number, self.place, self.is_revoked)

    def revoke(self, reason: Reason, at: datetime) -> Self:
        """Return it revoked; one that is revoked already stays as it is, first reason and date included."""
        if self.is_revoked:
            return self
        return replace(self, status=Status.REVOKED, reason=reason, revoked_at=at, version=self.version + 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidacy:
    """What is known of one application so far; the three events that fill it come in any order."""

    application_id: UUID
    plan_id: UUID
    is_admitted: bool
    is_voided: bool
    has_passed: bool
    has_certificate: bool

    def is_due(self, *, plan_known: bool) -> bool:
        """Tell whether a certificate must be issued now."""
        known = plan_known and self.is_admitted
        return known and self.has_passed and not self.is_voided and not self.has_certificate
