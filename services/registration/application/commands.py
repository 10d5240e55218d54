"""What callers ask registration to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from services.registration.domain.model import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class SubmitApplication:
    """Hand in one application, outside any batch."""

    plan_id: UUID
    institution_id: UUID | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectApplication:
    """Hand in a returned application again, with other content."""

    application_id: UUID
    version: int
    tenant: UUID | None
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideApplication:
    """Decide on one application at the version that was judged."""

    application_id: UUID
    version: int
    decision: Decision
    reason_code: str | None
    comment: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class EndApplication:
    """Withdraw an application, or declare it void."""

    application_id: UUID
    tenant: UUID | None
    actor: str
    reason_code: str | None = None
