"""Sealed personal data: AES-256-GCM with the key's id inside, and an HMAC blind index to search by.

A sealed value is `0x01 | len(key id) | key id | 12-byte nonce | ciphertext and tag`. The context (for example
`"person"`) is authenticated with it, so that a value sealed for one purpose cannot be opened for another.
"""

import hashlib
import hmac
import os
from collections.abc import Mapping

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_FORMAT = 1
_NONCE = 12


class UnsealFailed(Exception):
    """The value was sealed with an unknown key, for another context, or was changed."""


class Sealer:
    """Seals with the active key, opens with any key of the ring, so that keys can rotate."""

    def __init__(self, keys: Mapping[str, bytes], active: str, index_key: bytes) -> None:
        """Take 32-byte keys by id, the id to seal with, and the 32-byte key of the blind index."""
        self._ciphers = {key_id: AESGCM(key) for key_id, key in keys.items()}
        self._active = active
        self._prefix = bytes([_FORMAT, len(active)]) + active.encode()
        self._index_key = index_key
        if active not in self._ciphers:
            msg = f"active sealing key {active!r} is not in the key ring"
            raise ValueError(msg)

    def seal(self, plain: bytes, context: str) -> bytes:
        """Return the sealed form of `plain`, bound to `context`."""
        nonce = os.urandom(_NONCE)
        cipher = self._ciphers[self._active]
        return self._prefix + nonce + cipher.encrypt(nonce, plain, context.encode())

    def open(self, sealed: bytes, context: str) -> bytes:
        """Return the plain bytes; raise `UnsealFailed` if key, context or content do not match."""
        try:
            start = 2 + sealed[1]
            cipher = self._ciphers[sealed[2:start].decode()]
            nonce = sealed[start : start + _NONCE]
            return cipher.decrypt(nonce, sealed[start + _NONCE :], context.encode())
        except (IndexError, KeyError, UnicodeDecodeError, ValueError, InvalidTag) as error:
            raise UnsealFailed(context) from error

    def blind(self, value: str, context: str) -> bytes:
        """Return the 32-byte blind index of `value`: equal values give equal indexes, nothing else can be told."""
        return hmac.digest(self._index_key, f"{context}\0{value}".encode(), hashlib.sha256)
