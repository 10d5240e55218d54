"""The JSON Canonicalization Scheme (RFC 8785).

Our own documents hold texts, booleans and small integers under ASCII names only. For those the standard encoder
writes the same bytes, several times faster; a property test compares the two. Everything else goes to `rfc8785`.
"""

import json
from typing import Any

import rfc8785

_LARGEST = 2**53 - 1


class NotCanonical(Exception):
    """The value has no canonical form: no JSON, a number out of range, broken Unicode, or nested without end."""


def canonical(value: Any) -> bytes:
    """Return the canonical bytes; raise `NotCanonical`."""
    try:
        if _is_plain(value):
            return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()
        return rfc8785.dumps(value)
    except (rfc8785.CanonicalizationError, RecursionError, UnicodeError, ValueError, TypeError) as error:
        raise NotCanonical from error


def _is_plain(value: Any) -> bool:
    kind = type(value)
    if kind is str or kind is bool or value is None:
        return True
    if kind is dict:
        return all(type(name) is str and name.isascii() and _is_plain(inner) for name, inner in value.items())
    if kind is list:
        return all(map(_is_plain, value))
    return kind is int and -_LARGEST <= value <= _LARGEST
