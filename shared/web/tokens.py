"""Bearer tokens signed by us: for institution clients (registration) and for staff of a local issuer (the CLI)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from jwt.utils import base64url_encode

from shared import ids
from shared.clock import Clock

_ALGORITHM = "EdDSA"


def issue(  # noqa: PLR0913, PLR0917 - the claims of a token are what they are
    private_key: Ed25519PrivateKey,
    issuer: str,
    audience: str,
    subject: str,
    scopes: Iterable[str],
    institution_id: UUID | None,
    lifetime: timedelta,
    clock: Clock,
) -> str:
    """Return a signed token for the subject; its `kid` is the key's RFC 7638 thumbprint."""
    now = clock.now()
    claims: dict[str, Any] = {
        "iss": issuer,
        "aud": audience,
        "sub": subject,
        "scope": " ".join(sorted(set(scopes))),
        "iat": now,
        "exp": now + lifetime,
        "jti": str(ids.new_id()),
    }
    if institution_id is not None:
        claims["institution_id"] = str(institution_id)
    key_id = thumbprint(public_jwk(private_key.public_key()))
    return jwt.encode(claims, private_key, algorithm=_ALGORITHM, headers={"kid": key_id})


def public_jwk(key: Ed25519PublicKey) -> dict[str, str]:
    """Return the public key in JWK form, without its id."""
    return {"kty": "OKP", "crv": "Ed25519", "x": base64url_encode(key.public_bytes_raw()).decode()}


def thumbprint(jwk: Mapping[str, str]) -> str:
    """Return the RFC 7638 thumbprint of a public JWK that has its required members only."""
    canonical = json.dumps(dict(jwk), sort_keys=True, separators=(",", ":"))
    return base64url_encode(hashlib.sha256(canonical.encode()).digest()).decode()


def jwks(*keys: Ed25519PublicKey) -> dict[str, list[dict[str, str]]]:
    """Return the JWKS document that lets others check our tokens."""
    found = [public_jwk(key) for key in keys]
    return {"keys": [{**key, "kid": thumbprint(key), "use": "sig", "alg": _ALGORITHM} for key in found]}
