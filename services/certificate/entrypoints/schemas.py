"""What goes in and out over HTTP."""

from datetime import datetime
from uuid import UUID

from pydantic import BaseModel, ConfigDict, Field

from services.certificate.domain.model import Reason, Status
from services.certificate.domain.verification import Cause, State
from shared.web.bulk import ItemDone

_NUMBER = Field(
    min_length=1, max_length=60, description="证书编号 certificate number", examples=["KZXB2BJ2026000000017"]
)


class CertificateResponse(BaseModel):
    """A certificate as officers and its institution see it."""

    id: UUID
    application_id: UUID
    plan_id: UUID
    number: str
    status: Status
    issued_at: datetime
    revoked_at: datetime | None
    reason_code: Reason | None
    verify_url: str = Field(description="查验页地址，含查验码 page that opens with the token on the paper")


class SummaryResponse(BaseModel):
    """How many certificates a plan has led to."""

    plan_id: UUID
    issued: int = Field(description="已签发，含后来撤销的 all that were issued, the revoked ones included")
    revoked: int


class RevokeRequest(BaseModel):
    """Why a certificate is revoked."""

    model_config = ConfigDict(extra="forbid")

    reason_code: Reason
    comment: str = Field(default="", max_length=500, description="内部备注，勿写个人信息 no personal data")


class NameQuestion(BaseModel):
    """A number and the holder's name."""

    model_config = ConfigDict(extra="forbid")

    number: str = _NUMBER
    name: str = Field(min_length=1, max_length=200, description="持证人姓名 holder's name", examples=["欧阳若兰"])


class TokenQuestion(BaseModel):
    """A number and the token from the QR code."""

    model_config = ConfigDict(extra="forbid")

    number: str = _NUMBER
    token: str = Field(min_length=1, max_length=64, description="查验码 token", examples=["7K3M9Q2XW5RT8VBN"])


class Score(BaseModel):
    """One score, a decimal as text."""

    name: str
    value: str


class ShownCertificate(BaseModel):
    """What the paper shows; the name is masked where only the name was given."""

    number: str
    holder: str
    achievement: str
    achievement_en: str
    issuer: str
    issued_at: datetime
    scores: list[Score]
    revoked_at: datetime | None = None
    reason_code: Reason | None = None
    reason_zh: str | None = None
    reason_en: str | None = None


class VerificationResponse(BaseModel):
    """The answer to "is it good?". Anything that could not be checked is never VALID."""

    state: State
    cause: Cause | None = None
    message_zh: str
    message_en: str
    checked_at: datetime
    certificate: ShownCertificate | None = None


class VerifiedItem(ItemDone, VerificationResponse):
    """One answer of many."""
