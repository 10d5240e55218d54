"""One row of a batch, or one single application: accepted as a whole, or every fault of it named at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.registration.domain import identity, person
from services.registration.domain.columns import HEADERS
from services.registration.domain.faults import FieldError
from services.registration.domain.identity import DocumentType
from services.registration.domain.materials import Material, read_materials
from services.registration.domain.person import Person, Profile


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that breaks no rule, in normal form."""

    person: Person
    profile: Profile
    materials: tuple[Material, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """What rows are checked against: the day, and what the plan asks for."""

    today: date
    requires_materials: bool


def check_row(cells: Mapping[str, str], entry: Entry) -> Accepted | tuple[FieldError, ...]:
    """Return the accepted row, or its faults in the order of the columns."""
    faults: list[FieldError] = []
    name = person.normalise_name(cells.get("name", ""))
    if fault := person.name_fault(name):
        faults.append(FieldError(HEADERS["name"], fault))
    kind, number = _document(cells, entry.today, faults)
    phone = _phone(cells.get("phone", ""), faults)
    profile = _profile(cells, faults)
    materials = _materials(cells.get("materials", "").strip(), entry, faults)
    if faults or kind is None:
        return tuple(faults)
    return Accepted(Person(name, kind, number, phone), profile, materials)


def _document(cells: Mapping[str, str], today: date, faults: list[FieldError]) -> tuple[DocumentType | None, str]:
    title, number = cells.get("document_type", "").strip(), identity.normalise_number(cells.get("document_number", ""))
    kind = identity.document_type_of(title)
    if kind is None:
        faults.append(FieldError(HEADERS["document_type"], "unknown_document_type" if title else "required"))
    if not number:
        faults.append(FieldError(HEADERS["document_number"], "required"))
    elif kind and (fault := identity.number_fault(kind, number, today)):
        faults.append(FieldError(HEADERS["document_number"], fault))
    return kind, number


def _phone(text: str, faults: list[FieldError]) -> str | None:
    if not text.strip():
        return None
    phone = person.normalise_phone(text.strip())
    if fault := person.phone_fault(phone):
        faults.append(FieldError(HEADERS["phone"], fault))
    return phone


def _profile(cells: Mapping[str, str], faults: list[FieldError]) -> Profile:
    texts = {field: cells.get(field, "").strip() for field in ("major", "class_name", "student_no")}
    for field, text in texts.items():
        if fault := person.text_fault(text):
            faults.append(FieldError(HEADERS[field], fault))
    return Profile(**texts)


def _materials(text: str, entry: Entry, faults: list[FieldError]) -> tuple[Material, ...]:
    found = read_materials(text)
    if found is None:
        faults.append(FieldError(HEADERS["materials"], "bad_material"))
    elif not found and entry.requires_materials:
        faults.append(FieldError(HEADERS["materials"], "materials_required"))
    return found or ()
