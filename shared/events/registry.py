"""All event classes by wire type, and the way to and from bytes."""

from typing import cast

from pydantic import ValidationError

from shared.events import certificate, exam, grading, registration
from shared.events.payload import EventPayload

EVENTS: dict[str, type[EventPayload]] = {
    event.event_type: event
    for event in (
        registration.ApplicationAdmittedV1,
        registration.ApplicationRefusedV1,
        registration.ApplicationWithdrawnV1,
        registration.ApplicationVoidedV1,
        exam.PlanPublishedV1,
        exam.SeatPlanSealedV1,
        exam.PlanFinishedV1,
        exam.SeatAssignedV1,
        exam.CandidateCheckedInV1,
        exam.CandidateAbsentV1,
        exam.InterviewAttendedV1,
        exam.WorkUnsealedV1,
        exam.WorkSubmittedV1,
        grading.MarkingClosedV1,
        grading.ResultPublishedV1,
        certificate.CertificateIssuedV1,
        certificate.CertificateRevokedV1,
    )
}


class Undecodable(Exception):
    """The record cannot be read as the event it claims to be. The message names fields, never values."""


def encode(payload: EventPayload) -> bytes:
    """Return the payload as JSON bytes."""
    return payload.__pydantic_serializer__.to_json(payload)


def decode(event_type: str, data: bytes) -> EventPayload:
    """Return the payload of a known type; raise `Undecodable` if the bytes do not fit its schema."""
    try:
        # the validator itself: the method of the model only adds to its cost
        return cast("EventPayload", EVENTS[event_type].__pydantic_validator__.validate_json(data))
    except ValidationError as error:
        places = "; ".join(
            f"{'.'.join(map(str, item['loc']))}: {item['type']}" for item in error.errors(include_input=False)
        )
        msg = f"{event_type}: {places}"
        raise Undecodable(msg) from None
