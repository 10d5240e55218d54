"""Seals persons, comments and uploads with the key ring; each is bound to its purpose."""

import base64
import json
from typing import Any
from uuid import UUID

from pydantic_core import to_json

from services.registration.domain.person import Person, Profile
from shared.persons.documents import DocumentType
from shared.sealing import Sealer

_APPLICANT = "registration.applicant"
_COMMENT = "registration.comment"
_EVENT = "person"
_INDEX = "registration.person"


class SealedVault:
    """The vault over a key ring."""

    def __init__(self, sealer: Sealer) -> None:
        """Take the key ring."""
        self._sealer = sealer

    def seal(self, person: Person, profile: Profile) -> bytes:
        """Return the applicant sealed for storage."""
        content = _of(person) | {
            "document_issuer": person.document_issuer,
            "major": profile.major,
            "class_name": profile.class_name,
            "student_no": profile.student_no,
        }
        return self._sealer.seal(to_json(content), _APPLICANT)

    def open(self, sealed: bytes) -> tuple[Person, Profile]:
        """Return a stored applicant."""
        content = json.loads(self._sealer.open(sealed, _APPLICANT))
        person = Person(
            content["name"],
            DocumentType(content["document_type"]),
            content["document_number"],
            content["phone"],
            content["document_issuer"],
        )
        return person, Profile(content["major"], content["class_name"], content["student_no"])

    def seal_for_event(self, person: Person) -> str:
        """Return the person sealed as other services expect it, in base64."""
        return base64.b64encode(self._sealer.seal(to_json(_of(person)), _EVENT)).decode()

    def index(self, person: Person) -> bytes:
        """Return the blind index that finds the same person again."""
        return self._sealer.blind(person.holder, _INDEX)

    def seal_text(self, text: str) -> bytes:
        """Return a free text sealed for storage."""
        return self._sealer.seal(text.encode(), _COMMENT)

    def open_text(self, sealed: bytes) -> str:
        """Return a stored free text."""
        return self._sealer.open(sealed, _COMMENT).decode()

    def seal_upload(self, batch_id: UUID, chunk: int, data: bytes) -> bytes:
        """Return one piece of an upload, bound to its batch and place."""
        return self._sealer.seal(data, f"registration.upload:{batch_id}:{chunk}")

    def open_upload(self, batch_id: UUID, chunk: int, sealed: bytes) -> bytes:
        """Return the plain piece."""
        return self._sealer.open(sealed, f"registration.upload:{batch_id}:{chunk}")


def _of(person: Person) -> dict[str, Any]:
    return {
        "name": person.name,
        "document_type": person.document_type,
        "document_number": person.document_number,
        "phone": person.phone,
    }
