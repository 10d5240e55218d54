"""The applicant as a person, and what the school says of that person: personal data, stored and sent sealed only."""

from dataclasses import dataclass

from shared.persons.documents import DocumentType
from shared.persons.holders import holder_key


@dataclass(frozen=True, slots=True)
class Person:
    """Who applies, in normal form. `document_issuer` is the state that issued a passport (ISO 3166-1 alpha-3)."""

    name: str
    document_type: DocumentType
    document_number: str
    phone: str | None
    document_issuer: str | None = None

    @property
    def holder(self) -> str:
        """Return what identifies the person, however the document was written."""
        return holder_key(self.document_type, self.document_number, self.document_issuer)


@dataclass(frozen=True, slots=True)
class Profile:
    """What the school says of the person: sealed with it."""

    major: str
    class_name: str
    student_no: str
