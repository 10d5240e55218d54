"""The applicant as a person: names with rare and minority characters, mainland phones, and how each is masked."""

import re
import unicodedata
from dataclasses import dataclass

from services.registration.domain.identity import DocumentType

_PLAIN_HAN = re.compile(r"[\u4e00-\u9fff]{2,20}")
_DOTS = str.maketrans(dict.fromkeys("•・‧⋅∙●．。", "·"))
_INNER = frozenset("· -'’.")
_ALSO = _INNER | {"〇"}
_PHONE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_COUNTRY = re.compile(r"^(\+86|0086)")
_LONGEST_NAME = 60
_LONGEST_TEXT = 100
_SHOWN = 4


@dataclass(frozen=True, slots=True)
class Person:
    """Who applies. All of it is personal data: it is stored and sent sealed only."""

    name: str
    document_type: DocumentType
    document_number: str
    phone: str | None


@dataclass(frozen=True, slots=True)
class Profile:
    """What the school says of the person: sealed with it."""

    major: str
    class_name: str
    student_no: str


def normalise_name(text: str) -> str:
    """Return the name in NFC, with one kind of middle dot and without the spaces that pad Chinese names."""
    if _PLAIN_HAN.fullmatch(text):
        return text
    name = " ".join(unicodedata.normalize("NFC", text).translate(_DOTS).split())
    return name if any(character.isascii() and character.isalpha() for character in name) else name.replace(" ", "")


def name_fault(name: str) -> str | None:
    """Return the code of what is wrong with a normalised name, or nothing."""
    if _PLAIN_HAN.fullmatch(name):
        return None
    if not name:
        return "required"
    if len(name) > _LONGEST_NAME:
        return "too_long"
    if any(unicodedata.category(character) == "Co" for character in name):
        return "private_use_character"
    letters = all(unicodedata.category(character)[0] in "LM" for character in name if character not in _ALSO)
    sound = letters and name[0] not in _INNER and name[-1] not in "·-'’"
    return None if sound and len(name) > 1 else "bad_characters"


def normalise_phone(text: str) -> str:
    """Return the phone as bare half-width digits, without country code, spaces and hyphens."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
    return _COUNTRY.sub("", text.replace(" ", "").replace("-", ""))


def phone_fault(phone: str) -> str | None:
    """Return the code of what is wrong with a normalised phone, or nothing."""
    return None if _PHONE.fullmatch(phone) else "bad_phone"


def text_fault(text: str) -> str | None:
    """Return the code of what is wrong with a free short text, or nothing."""
    if len(text) > _LONGEST_TEXT:
        return "too_long"
    return None if text.isprintable() else "bad_characters"


def mask_name(name: str) -> str:
    """Return the family name's first character and stars: 张*."""
    return name[0] + "*" * (len(name) - 1)


def mask_number(number: str) -> str:
    """Return four characters at each end of a long number, less of a short one."""
    shown = _SHOWN if len(number) > 3 * _SHOWN else 1
    return number[:shown] + "*" * (len(number) - 2 * shown) + number[-shown:]


def mask_phone(phone: str) -> str:
    """Return the phone with its middle four digits hidden: 138****0001."""
    return phone[:3] + "****" + phone[7:]
