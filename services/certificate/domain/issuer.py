"""Who signs: the `did:web` identity of the body and its document with every key it ever signed with."""

import hashlib
from collections.abc import Mapping
from urllib.parse import quote, urlsplit

from services.certificate.domain import multibase
from services.certificate.domain.proof import Json


def did_of(public_url: str) -> str:
    """Return `did:web:HOST:issuers:main` for the public address; a port is percent-encoded."""
    return f"did:web:{quote(urlsplit(public_url).netloc, safe='.-')}:issuers:main"


def method_of(did: str, raw_key: bytes) -> str:
    """Return the id of a key in the document, derived from the key itself."""
    return f"{did}#key-{hashlib.sha256(raw_key).hexdigest()[:16]}"


def did_document(did: str, keys: Mapping[str, bytes]) -> Json:
    """Return the document that lists raw keys by id. Retired keys stay: old certificates are checked with them."""
    return {
        "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
        "id": did,
        "verificationMethod": [
            {"id": method, "type": "Multikey", "controller": did, "publicKeyMultibase": multibase.encode_key(raw)}
            for method, raw in keys.items()
        ],
        "assertionMethod": list(keys),
    }
