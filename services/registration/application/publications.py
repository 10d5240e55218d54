"""From the outcome of a decision to the event that tells the others."""

from datetime import datetime

from services.registration.application.ports import Vault
from services.registration.application.records import StoredApplication
from services.registration.domain.model import Status
from shared.events.registration import (
    ApplicationAdmittedV1,
    ApplicationRefusedV1,
    ApplicationVoidedV1,
    ApplicationWithdrawnV1,
    RegistrationEvent,
)


def announcement(
    stored: StoredApplication, status: Status, reason_code: str | None, at: datetime, vault: Vault
) -> RegistrationEvent | None:
    """Return the event of having reached a status, or nothing if the others need not know."""
    places = {"application_id": stored.id, "plan_id": stored.plan.id}
    match status:
        case Status.ADMITTED:
            return admitted(stored, at, vault)
        case Status.REFUSED:
            return ApplicationRefusedV1(**places, reason_code=reason_code or "", refused_at=at)
        case Status.WITHDRAWN:
            return ApplicationWithdrawnV1(**places, withdrawn_at=at)
        case Status.VOIDED:
            return ApplicationVoidedV1(**places, reason_code=reason_code or "", voided_at=at)
        case _:
            return None


def admitted(stored: StoredApplication, at: datetime, vault: Vault) -> ApplicationAdmittedV1:
    """Return the admission, with the person sealed again for the road."""
    person, _ = vault.open(stored.sealed)
    return ApplicationAdmittedV1(
        application_id=stored.id,
        plan_id=stored.plan.id,
        institution_id=stored.institution_id,
        standard=stored.plan.standard,
        level=stored.plan.level,
        unit=stored.plan.unit,
        person=vault.seal_for_event(person),
        admitted_at=at,
    )
