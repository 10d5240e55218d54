"""A link that opens one journey's page for a quarter of an hour, for browsers that send no bearer token."""

import base64
import binascii
import hashlib
import hmac
from datetime import UTC, datetime, timedelta
from uuid import UUID

LIFETIME = timedelta(minutes=15)

_PURPOSE = b"kaozheng operations page link 1"
_EXPIRY_BYTES = 8


def derive_key(secret: bytes) -> bytes:
    """Return a key for page links only, so that nothing signed elsewhere opens a page."""
    return hmac.digest(secret, _PURPOSE, hashlib.sha256)


def sign(key: bytes, journey_id: UUID, now: datetime) -> str:
    """Return what opens this journey until `now` + `LIFETIME`."""
    expiry = int((now + LIFETIME).timestamp()).to_bytes(_EXPIRY_BYTES)
    return base64.urlsafe_b64encode(expiry + _mac(key, journey_id, expiry)).rstrip(b"=").decode()


def opens(key: bytes, journey_id: UUID, access: str, now: datetime) -> bool:
    """Tell whether `access` was signed for this journey and has not expired."""
    try:
        raw = base64.b64decode(access + "=" * (-len(access) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return False
    expiry, mac = raw[:_EXPIRY_BYTES], raw[_EXPIRY_BYTES:]
    if not hmac.compare_digest(mac, _mac(key, journey_id, expiry)):
        return False
    return int(now.astimezone(UTC).timestamp()) < int.from_bytes(expiry)


def _mac(key: bytes, journey_id: UUID, expiry: bytes) -> bytes:
    return hmac.digest(key, journey_id.bytes + expiry, hashlib.sha256)
