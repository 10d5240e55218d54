"""Telephones: a mainland mobile as its eleven digits, any other with its country code (E.164), `+85291234567`."""

import re

from shared.persons.number_writing import bare
from shared.persons.reading import Fault, Reading

_MAINLAND = re.compile(r"1[3-9]\d{9}", re.ASCII)
_ABROAD = re.compile(r"\+[1-9]\d{6,14}", re.ASCII)
_BRACKETS = re.compile(r"[().]+")
_COUNTRY = re.compile(r"(?:\+|00)?86(?=1\d{10}$)", re.ASCII)
#: Mobile numbers of Hong Kong, Macau and Taiwan are known by their country code even without a plus.
_NEARBY = re.compile(r"(?:852[4-9]\d{7}|8536\d{7}|8869\d{8})", re.ASCII)
_NONE = frozenset({"", "/", "\\", "无", "没有", "暂无", "N/A", "NA", "NULL", "NONE", "NIL", "0", "*", "空"})


def read_phone(text: str) -> Reading:
    """Return the telephone in its one form, nothing where nothing is said, or why it cannot be read."""
    if _MAINLAND.fullmatch(text):
        return Reading(text)
    written = bare(text)
    if written in _NONE:
        return Reading("")
    phone = _COUNTRY.sub("", _BRACKETS.sub("", written))
    if _NEARBY.fullmatch(phone):
        phone = f"+{phone}"
    if phone.startswith("00"):
        phone = f"+{phone[2:]}"
    sound = _MAINLAND.fullmatch(phone) or (_ABROAD.fullmatch(phone) and not phone.startswith("+86"))
    return Reading(phone) if sound else Reading("", Fault("bad_phone"))
