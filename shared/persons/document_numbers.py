"""The number of an identity document: one form for each kind, and what may be wrong with it."""

import re
from collections.abc import Callable
from datetime import date

from shared.persons.documents import DocumentType
from shared.persons.military_numbers import military_number
from shared.persons.number_writing import bare, is_scientific
from shared.persons.reading import Fault, Reading
from shared.persons.residence_cards import residence_card_fault
from shared.persons.resident_numbers import permit_fault, resident_fault
from shared.persons.travel_permits import hk_macau_number, taiwan_number

_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{5,15}", re.ASCII)
_CHECKED: dict[DocumentType, Callable[[str, date], str | None]] = {
    DocumentType.RESIDENT_ID: resident_fault,
    DocumentType.HMT_RESIDENCE_PERMIT: permit_fault,
    DocumentType.PERMANENT_RESIDENCE_CARD: residence_card_fault,
}
_FORMED: dict[DocumentType, Callable[[str], str | None]] = {
    DocumentType.HK_MACAU_PERMIT: hk_macau_number,
    DocumentType.TAIWAN_PERMIT: taiwan_number,
    DocumentType.MILITARY_ID: military_number,
    DocumentType.PASSPORT: lambda number: number if _PASSPORT.fullmatch(number) else None,
}
#: What people write for the check character 10.
_CHECK_TEN = str.maketrans("×ХΧ✕✖", "XXXXX")
_MILITARY_FAULT = "bad_military_number"


def read_number(kind: DocumentType, text: str, today: date) -> Reading:
    """Return the number in its one form, with its fault if it has one; `today` is China's date."""
    number = bare(text)
    if not number:
        return Reading("", Fault("required"))
    if "E" in number and is_scientific(number):
        return Reading(number, Fault("scientific_notation"))
    if kind in _FORMED:
        formed = _FORMED[kind](number)
        code = _MILITARY_FAULT if kind is DocumentType.MILITARY_ID else "bad_format"
        return Reading(number, Fault(code)) if formed is None else Reading(formed)
    if not number.isascii():
        number = number.translate(_CHECK_TEN)
    fault = _CHECKED[kind](number, today)
    return Reading(number, Fault(fault)) if fault else Reading(number)
