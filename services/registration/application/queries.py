"""The read side: masked persons, and the timeline of an application over all services."""

from collections.abc import Mapping
from typing import Any

from services.registration.application.ports import Vault
from shared.persons.masks import mask_name, mask_number, mask_phone

#: Column of the journey -> stage shown.
_STAGES = {
    "seated_at": "seat_assigned",
    "practical_checked_in_at": "practical_checked_in",
    "practical_absent_at": "practical_absent",
    "interview_checked_in_at": "interview_checked_in",
    "interview_attended_at": "interview_attended",
    "interview_absent_at": "interview_absent",
    "result_published_at": "result_published",
    "certificate_issued_at": "certificate_issued",
    "certificate_revoked_at": "certificate_revoked",
}


def person_view(vault: Vault, sealed: bytes, *, unmask: bool = False) -> dict[str, Any]:
    """Return the person as the caller may see it: masked unless asked otherwise."""
    person, profile = vault.open(sealed)
    view = {
        "name": person.name,
        "document_type": person.document_type.value,
        "document_number": person.document_number,
        "document_issuer": person.document_issuer,
        "phone": person.phone,
    }
    if not unmask:
        return view | {
            "name": mask_name(person.name),
            "document_number": mask_number(person.document_number),
            "phone": mask_phone(person.phone) if person.phone else None,
        }
    return view | {"major": profile.major, "class_name": profile.class_name, "student_no": profile.student_no}


def timeline(application: Any) -> list[dict[str, Any]]:
    """Return all that happened to an application, oldest first."""
    journey: Mapping[str, Any] = application.journey or {}
    entries = [{"at": application.submitted_at.isoformat(), "stage": "submitted", "detail": None}]
    entries += [
        {"at": entry["at"], "stage": entry["stage"], "detail": entry["reason_code"]} for entry in application.history
    ]
    entries += [
        {"at": journey[column], "stage": stage, "detail": _detail(journey, stage)}
        for column, stage in _STAGES.items()
        if journey.get(column)
    ]
    # Offsets are the same everywhere, so the texts sort as the times do, up to the fraction.
    return sorted(entries, key=lambda entry: str(entry["at"])[:19])


def seats(application: Any) -> dict[str, Any] | None:
    """Return where and when the candidate sits, once that is known."""
    journey = application.journey or {}
    if not journey.get("seated_at"):
        return None
    return {"practical": journey["practical_seat"], "interview": journey["interview_seat"]}


def certificate(application: Any) -> dict[str, Any] | None:
    """Return the certificate, once there is one, with what became of it."""
    journey = application.journey or {}
    if not (journey.get("certificate_id") or journey.get("certificate_revoked_at")):
        return None
    return {
        "id": journey["certificate_id"],
        "number": journey["certificate_number"],
        "status": "revoked" if journey["certificate_revoked_at"] else "valid",
        "issued_at": journey["certificate_issued_at"],
        "revoked_at": journey["certificate_revoked_at"],
    }


def _detail(journey: Mapping[str, Any], stage: str) -> str | None:
    if stage == "result_published":
        return str(journey["result"]["outcome"])
    return journey["certificate_reason_code"] if stage == "certificate_revoked" else None
