"""Identity documents: GB 11643 numbers with a real date and check character, and the other types in use."""

import re
import unicodedata
from datetime import date
from enum import StrEnum


class DocumentType(StrEnum):
    """The documents a person may apply with."""

    RESIDENT_ID = "resident_id"
    HMT_RESIDENCE_PERMIT = "hmt_residence_permit"
    HK_MACAU_PERMIT = "hk_macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    PERMANENT_RESIDENCE_CARD = "permanent_residence_card"
    PASSPORT = "passport"
    MILITARY_ID = "military_id"


TITLES: dict[DocumentType, tuple[str, ...]] = {
    DocumentType.RESIDENT_ID: ("居民身份证", "身份证", "二代身份证", "中华人民共和国居民身份证"),
    DocumentType.HMT_RESIDENCE_PERMIT: ("港澳台居民居住证", "居住证"),
    DocumentType.HK_MACAU_PERMIT: ("港澳居民来往内地通行证", "港澳通行证", "回乡证"),
    DocumentType.TAIWAN_PERMIT: ("台湾居民来往大陆通行证", "台胞证"),
    DocumentType.PERMANENT_RESIDENCE_CARD: ("外国人永久居留身份证", "外国人永久居留证", "永久居留身份证"),
    DocumentType.PASSPORT: ("护照",),
    DocumentType.MILITARY_ID: ("军官证", "军人身份证件", "士兵证"),
}
_BY_TITLE = {title: kind for kind, titles in TITLES.items() for title in (kind.value, *titles)}
_FORMATS = {
    DocumentType.HK_MACAU_PERMIT: re.compile(r"[HM]\d{8}(\d{2})?", re.ASCII),
    DocumentType.TAIWAN_PERMIT: re.compile(r"\d{8}|\d{10}(\([A-Z]\)|[A-Z])?", re.ASCII),
    DocumentType.PASSPORT: re.compile(r"(?=.*\d)[A-Z0-9]{5,15}", re.ASCII),
    DocumentType.MILITARY_ID: re.compile(r"[\u4e00-\u9fff]{0,4}第?\d{4,10}号?", re.ASCII),
}
_OLD_RESIDENCE_CARD = re.compile(r"[A-Z]{3}\d{12}", re.ASCII)
_GB_11643 = re.compile(r"\d{17}[\dX]", re.ASCII)
#: GB/T 2260 provinces, the retired ones included; 81 to 83 are the residence permits, 9 the foreigners' cards.
_PROVINCES = frozenset(
    f"{area}{province}"
    for area, provinces in {
        1: "12345",
        2: "123",
        3: "1234567",
        4: "123456",
        5: "01234",
        6: "12345",
        7: "1",
        8: "123",
    }.items()
    for province in provinces
)
_PERMIT_REGIONS = frozenset({"81", "82", "83"})
#: ISO 7064 MOD 11-2: digits weighted by powers of 2, check character by (12 - sum) mod 11.
_CHECKS = "10X98765432"
_OLDEST = 1900


def document_type_of(text: str) -> DocumentType | None:
    """Return the type that a school's wording names, or nothing."""
    return _BY_TITLE.get(text) or _BY_TITLE.get(unicodedata.normalize("NFKC", text).strip().lower())


def normalise_number(text: str) -> str:
    """Return the number in half-width capitals without spaces."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return "".join(text.split()).upper()


def check_character(body: str) -> str:
    """Return the ISO 7064 MOD 11-2 check character of 17 digits."""
    # Read in base 13 the digits are weighted by powers of 13, which modulo 11 are those of 2: one call for all of them.
    return _CHECKS[2 * int(body, 13) % 11]


def number_fault(kind: DocumentType, number: str, today: date) -> str | None:
    """Return the code of what is wrong with a normalised number, or nothing."""
    if kind in _FORMATS:
        return None if _FORMATS[kind].fullmatch(number) else "bad_format"
    if kind is DocumentType.PERMANENT_RESIDENCE_CARD and _OLD_RESIDENCE_CARD.fullmatch(number):
        return None
    return _gb_11643_fault(kind, number, today)


def holder_key(kind: DocumentType, number: str) -> str:
    """Return what identifies the holder: GB 11643 numbers are one family, whatever the card is called."""
    family = "gb11643" if _GB_11643.fullmatch(number) and kind not in _FORMATS else kind.value
    return f"{family}:{number}"


def _gb_11643_fault(kind: DocumentType, number: str, today: date) -> str | None:
    if not _GB_11643.fullmatch(number):
        return "bad_format"
    if not _region_fits(kind, number):
        return "unknown_region"
    try:
        born = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return "impossible_date"
    if born.year < _OLDEST:
        return "impossible_date"
    if born > today:
        return "future_date"
    return None if check_character(number[:17]) == number[17] else "wrong_check_digit"


def _region_fits(kind: DocumentType, number: str) -> bool:
    if kind is DocumentType.PERMANENT_RESIDENCE_CARD:
        return number[0] == "9"
    return number[:2] in (_PERMIT_REGIONS if kind is DocumentType.HMT_RESIDENCE_PERMIT else _PROVINCES)
