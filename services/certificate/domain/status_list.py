"""Bitstring Status List 1.0: which certificates are revoked, one bit each, at a place that tells nothing."""

import base64
import gzip
import hashlib
import hmac
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

from services.certificate.domain.proof import Json, timestamp

#: The smallest list that the standard allows, so that one certificate hides among at least as many.
BITS = 131_072
#: Readers may keep a list this long; it is signed anew long before it ends.
TTL = timedelta(minutes=5)
VALIDITY = timedelta(days=7)
RENEWAL = timedelta(days=1)
_HALF_BITS = 9
_HALF_MASK = (1 << _HALF_BITS) - 1
_ROUNDS = 6


@dataclass(frozen=True, slots=True)
class Place:
    """Where a certificate's bit is: the list's number and the index in it."""

    list_number: int
    index: int


def place_of(position: int, secret: bytes) -> Place:
    """Return the place of the n-th certificate ever (from 0): a secret permutation of each list, so never used twice.

    A Feistel network over 18 bits, walked until it lands inside the list: a bijection without any memory.
    """
    list_number, index = divmod(position, BITS)
    index = _permute(index, secret)
    while index >= BITS:
        index = _permute(index, secret)
    return Place(list_number + 1, index)


def list_of(position: int) -> int:
    """Return the number of the list that the n-th certificate is in."""
    return position // BITS + 1


def _permute(value: int, secret: bytes) -> int:
    left, right = value >> _HALF_BITS, value & _HALF_MASK
    for mixed in _rounds(secret):
        left, right = right, left ^ mixed[right]
    return left << _HALF_BITS | right


# A few thousand digests, made once for the 131,072 places of a list.
@lru_cache(maxsize=4)
def _rounds(secret: bytes) -> tuple[tuple[int, ...], ...]:
    """Return what each round mixes in for each half."""
    return tuple(tuple(_mixed(secret, turn, half) for half in range(_HALF_MASK + 1)) for turn in range(_ROUNDS))


def _mixed(secret: bytes, turn: int, half: int) -> int:
    digest = hmac.digest(secret, bytes([turn]) + half.to_bytes(2), hashlib.sha256)
    return int.from_bytes(digest[:2]) & _HALF_MASK


def encode_list(revoked: Iterable[int]) -> str:
    """Return `u` and the base64url form of the zipped bits; index 0 is the left-most bit."""
    bits = bytearray(BITS // 8)
    for index in revoked:
        bits[index >> 3] |= 0x80 >> (index & 7)
    return "u" + base64.urlsafe_b64encode(gzip.compress(bytes(bits), mtime=0)).rstrip(b"=").decode()


def decode_list(encoded: str) -> bytes:
    """Return the bits; raise `ValueError` if it is no list or shorter than the standard allows."""
    if not encoded.startswith("u"):
        raise ValueError("not multibase base64url")
    try:
        bits = gzip.decompress(base64.urlsafe_b64decode(encoded[1:] + "=" * (-len(encoded[1:]) % 4)))
    except (OSError, EOFError, zlib.error) as error:
        raise ValueError("not a zipped bitstring") from error
    if len(bits) * 8 < BITS:
        raise ValueError("shorter than 131,072 bits")
    return bits


def is_set(bits: bytes, index: int) -> bool:
    """Tell whether the bit at an index is set; raise `IndexError` outside the list."""
    if index < 0:
        raise IndexError(index)
    return bool(bits[index >> 3] & (0x80 >> (index & 7)))


def list_credential(url: str, issuer: str, encoded: str, signed_at: datetime) -> Json:
    """Return the list as an unsigned credential of the issuer."""
    return {
        "@context": ["https://www.w3.org/ns/credentials/v2"],
        "id": url,
        "type": ["VerifiableCredential", "BitstringStatusListCredential"],
        "issuer": issuer,
        "validFrom": timestamp(signed_at),
        "validUntil": timestamp(signed_at + VALIDITY),
        "credentialSubject": {
            "id": f"{url}#list",
            "type": "BitstringStatusList",
            "statusPurpose": "revocation",
            "encodedList": encoded,
            "ttl": int(TTL.total_seconds() * 1000),
        },
    }
