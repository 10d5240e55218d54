"""What registration tells the others. Topic `registration.applications`, keyed by application."""

from typing import ClassVar
from uuid import UUID

from pydantic import AwareDatetime

from shared.events.payload import EventPayload


class RegistrationEvent(EventPayload):
    """An event of one application."""

    topic: ClassVar[str] = "registration.applications"
    key_field: ClassVar[str] = "application_id"

    application_id: UUID
    plan_id: UUID


class ApplicationAdmittedV1(RegistrationEvent):
    """The applicant met the prerequisites and is now a candidate (ISO/IEC 17024).

    `person` is base64 of the person sealed with context `person`: JSON with `name`, `document_type`,
    `document_number`, `phone`. `unit` is set where a level is assessed by one chosen unit.
    """

    event_type: ClassVar[str] = "registration.application_admitted.v1"

    institution_id: UUID | None
    standard: str
    level: str
    unit: str | None
    person: str
    admitted_at: AwareDatetime


class ApplicationRefusedV1(RegistrationEvent):
    """The review ended with a refusal."""

    event_type: ClassVar[str] = "registration.application_refused.v1"

    reason_code: str
    refused_at: AwareDatetime


class ApplicationWithdrawnV1(RegistrationEvent):
    """The applicant withdrew before the plan was arranged."""

    event_type: ClassVar[str] = "registration.application_withdrawn.v1"

    withdrawn_at: AwareDatetime


class ApplicationVoidedV1(RegistrationEvent):
    """False materials were found: whatever came of the application is void, certificates included."""

    event_type: ClassVar[str] = "registration.application_voided.v1"

    reason_code: str
    voided_at: AwareDatetime
