"""Who a document says its holder is: two spellings of one document, and two issues of it, are one person."""

from shared.persons.documents import DocumentType
from shared.persons.resident_numbers import has_the_form
from shared.persons.travel_permits import hk_macau_holder, taiwan_holder

_FOR_LIFE = {DocumentType.HK_MACAU_PERMIT: hk_macau_holder, DocumentType.TAIWAN_PERMIT: taiwan_holder}
_UNTIL_RENEWED = frozenset({DocumentType.PASSPORT, DocumentType.MILITARY_ID})


def holder_key(kind: DocumentType, number: str, issuer: str | None = None) -> str:
    """Return what identifies the holder of a document whose number is in its one form.

    GB 11643 numbers are one family, whatever the card is called. Numbers of passports belong to their `issuer`.
    """
    if kind in _FOR_LIFE:
        return f"{kind.value}:{_FOR_LIFE[kind](number)}"
    if kind is DocumentType.PASSPORT:
        return f"{kind.value}:{issuer or ''}:{number}"
    family = "gb11643" if kind not in _UNTIL_RENEWED and has_the_form(number) else kind.value
    return f"{family}:{number}"
