"""One row of a batch, or one single application: accepted as a whole, or every fault of it named at once."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from services.registration.domain.columns import HEADERS
from services.registration.domain.faults import FieldError
from services.registration.domain.materials import Material, read_materials
from services.registration.domain.person import Person, Profile
from shared.persons.document_numbers import read_number
from shared.persons.documents import DocumentType, document_type_of
from shared.persons.issuing_states import issuing_state
from shared.persons.names import read_name
from shared.persons.phones import read_phone
from shared.persons.reading import Fault
from shared.text.invisible import shown
from shared.text.spreadsheet import unforced
from shared.text.tidying import first_control, tidy

_LONGEST_TEXT = 100
_PLAIN_TEXT = re.compile(r"[0-9A-Za-z\u4e00-\u9fff]{0,100}")
_UNREAD = Fault("phone_dropped")


@dataclass(frozen=True, slots=True)
class Accepted:
    """A row that breaks no rule, in normal form, with notes on what was mended or left out."""

    person: Person
    profile: Profile
    materials: tuple[Material, ...]
    notes: tuple[FieldError, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """What rows are checked against: the day in China, and what the plan asks for."""

    today: date
    requires_materials: bool


class _Row:
    """The cells of a row while they are read, with what was found wrong or mended so far."""

    def __init__(self, cells: Mapping[str, str]) -> None:
        self.cells = cells
        self.faults: list[FieldError] = []
        self.notes: list[FieldError] = []

    def fault(self, field: str, fault: Fault) -> None:
        self.faults.append(FieldError.of(HEADERS[field], fault))

    def note(self, field: str, note: Fault) -> None:
        self.notes.append(FieldError.of(HEADERS[field], note))


def check_row(cells: Mapping[str, str], entry: Entry) -> Accepted | tuple[FieldError, ...]:
    """Return the accepted row, or its faults in the order of the columns."""
    row = _Row(cells)
    name = _name(row)
    kind, number, issuer = _document(row, entry.today)
    phone = _phone(row)
    profile = Profile(_text(row, "major"), _text(row, "class_name"), _text(row, "student_no"))
    materials = _materials(row, entry)
    if row.faults or kind is None:
        return tuple(row.faults)
    return Accepted(Person(name, kind, number, phone, issuer), profile, materials, tuple(row.notes))


def _name(row: _Row) -> str:
    name, fault, notes = read_name(row.cells.get("name", ""))
    if fault:
        row.fault("name", fault)
    for note in notes:
        row.note("name", note)
    return name


def _document(row: _Row, today: date) -> tuple[DocumentType | None, str, str | None]:
    title, number = row.cells.get("document_type", ""), row.cells.get("document_number", "")
    kind = document_type_of(title)
    if kind is None:
        row.fault("document_type", Fault("unknown_document_type" if title.strip() else "required"))
        if not number.strip():
            row.fault("document_number", Fault("required"))
        return None, "", None
    number, fault, _ = read_number(kind, number, today)
    if fault:
        row.fault("document_number", fault)
    return kind, number, _issuer(row) if kind is DocumentType.PASSPORT else None


def _issuer(row: _Row) -> str | None:
    """Return who issued a passport. A file without the column is taken, and told what it lacks."""
    written = row.cells.get("document_issuer")
    if written is None:
        row.note("document_issuer", Fault("issuer_unsaid"))
        return None
    issuer = issuing_state(written)
    if issuer is None:
        row.fault("document_issuer", Fault("unknown_issuer" if tidy(written) else "issuer_required"))
    return issuer


def _phone(row: _Row) -> str | None:
    """Return the telephone; one that cannot be read is left out, since nobody is refused for what is not required."""
    phone, fault, _ = read_phone(row.cells.get("phone", ""))
    if fault:
        row.note("phone", _UNREAD)
    return phone or None


def _text(row: _Row, field: str) -> str:
    written = row.cells.get(field, "")
    if _PLAIN_TEXT.fullmatch(written):
        return written
    text = tidy(unforced(written))
    if len(text) > _LONGEST_TEXT:
        row.fault(field, Fault("too_long"))
    elif place := first_control(text):
        row.fault(field, Fault("unprintable_character", place, shown(text[place - 1])))
    return text


def _materials(row: _Row, entry: Entry) -> tuple[Material, ...]:
    found = read_materials(row.cells.get("materials", "").strip())
    if found is None:
        row.fault("materials", Fault("bad_material"))
    elif not found and entry.requires_materials:
        row.fault("materials", Fault("materials_required"))
    return found or ()
