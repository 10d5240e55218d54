"""The signing key from a PEM file."""

from datetime import datetime
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from services.certificate.domain import proof
from services.certificate.domain.issuer import method_of
from services.certificate.domain.proof import Json


class KeyUnusable(Exception):
    """The file holds no Ed25519 private key in PEM form."""


class Ed25519Notary:
    """Signs with an Ed25519 key held in memory."""

    def __init__(self, key: Ed25519PrivateKey, did: str) -> None:
        """Take the key and the issuer that lists it."""
        self._key = key
        self.public_key = key.public_key().public_bytes_raw()
        self.method = method_of(did, self.public_key)

    def sign(self, document: Json, created: datetime) -> Json:
        """Return the document with its proofs."""
        return proof.sign(document, self._key, self.method, created)

    def stamp(self, data: bytes) -> bytes:
        """Return the signature over bytes that a proof's suite prepared."""
        return self._key.sign(data)


def read_key(path: Path) -> Ed25519PrivateKey:
    """Return the key of a PEM file; raise `KeyUnusable`, or `OSError` if it cannot be read."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except (ValueError, TypeError) as error:
        raise KeyUnusable(path.name) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnusable(path.name)
    return key
