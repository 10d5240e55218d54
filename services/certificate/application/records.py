"""What passes between the use cases and the store."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from services.certificate.domain.credential import Scores
from services.certificate.domain.model import Candidacy, Certificate, Reason
from services.certificate.domain.verification import Standing


@dataclass(frozen=True, slots=True)
class Plan:
    """What a plan's certificates are for. No edition is known of plans from before blueprints told it."""

    id: UUID
    standard: str
    edition: str | None
    level: str
    unit: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """An admitted applicant; `person` is sealed."""

    application_id: UUID
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    person: bytes
    admitted_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A released result."""

    application_id: UUID
    plan_id: UUID
    journey_id: UUID | None
    version: int
    outcome: str
    scores: Scores | None
    requirements: tuple[str, ...]
    published_at: datetime


@dataclass(frozen=True, slots=True)
class Voiding:
    """An application that was voided."""

    application_id: UUID
    plan_id: UUID
    voided_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """All that has come in about one application so far."""

    candidacy: Candidacy
    institution_id: UUID | None
    journey_id: UUID | None
    person: bytes | None
    scores: Scores | None
    requirements: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A certificate in the register; `credential` and `token` are sealed."""

    certificate: Certificate
    plan_id: UUID
    institution_id: UUID | None
    journey_id: UUID | None
    method: str
    credential: bytes
    token: bytes


class Held(NamedTuple):
    """What the register holds for whoever checks a certificate; `credential` and `token` are sealed."""

    standing: Standing
    revoked_at: datetime | None
    reason: Reason | None
    method: str
    credential: bytes
    token: bytes


@dataclass(frozen=True, slots=True)
class SignedList:
    """A published status list: `version` counts the revocations in it, `signed_version` those that are signed."""

    number: int
    version: int
    signed: bytes | None
    signed_version: int | None
    signed_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """Which certificates to show: of a plan, an application, an institution, after an id."""

    plan_id: UUID | None = None
    application_id: UUID | None = None
    institution_id: UUID | None = None
    after: UUID | None = None
