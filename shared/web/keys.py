"""The public keys of a trusted issuer: from a file or a URL, cached, and kept when the source cannot be reached."""

import asyncio
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import structlog
from jwt import PyJWK, PyJWKSet
from jwt.exceptions import PyJWKError, PyJWKSetError

from shared.errors import Unavailable
from shared.telemetry.logs import describe

#: Asymmetric ones only: with these no public key can be used as a shared secret.
ALGORITHMS = frozenset({"EdDSA", "ES256", "RS256"})
_FRESH_SECONDS = 300.0
_RETRY_SECONDS = 10.0
#: A source that did not answer is asked again sooner.
_BROKEN_SECONDS = 1.0
_TIMEOUT_SECONDS = 5.0
_NEVER = float("-inf")

_log = structlog.get_logger(__name__)


class KeysUnavailable(Unavailable):
    """The issuer's keys cannot be read now: whether a token is good cannot be told."""

    slug = "issuer-keys-unavailable"
    zh = "暂时无法取得令牌签发方的公钥，请稍后重试。"
    en = "The keys of the token's issuer cannot be read now; try again later."


class IssuerKeys:
    """Finds a key by its id; asks the source again when keys grow old or an id is unknown, but not too often."""

    def __init__(self, source: str, *, monotonic: Callable[[], float] = time.monotonic) -> None:
        """Take the URL or path of a JWKS document."""
        self._source = source
        self._monotonic = monotonic
        self._keys: dict[str | None, PyJWK] = {}
        self._loaded_at = _NEVER
        self._tried_at = _NEVER
        self._is_broken = False
        self._lock = asyncio.Lock()

    async def find(self, key_id: str | None) -> PyJWK | None:
        """Return the key, or nothing. A token without `kid` is accepted only while the issuer has a single key.

        Raises `KeysUnavailable` for a key that is not known while the source does not answer.
        """
        now = self._monotonic()
        if key_id not in self._keys or now - self._loaded_at > _FRESH_SECONDS:
            async with self._lock:
                pause = _BROKEN_SECONDS if self._is_broken else _RETRY_SECONDS
                if self._monotonic() - self._tried_at >= pause:
                    await self._load()
        if key_id is None and len(self._keys) == 1:
            return next(iter(self._keys.values()))
        if key_id not in self._keys and self._is_broken:
            raise KeysUnavailable
        return self._keys.get(key_id)

    async def _load(self) -> None:
        self._tried_at = self._monotonic()
        self._is_broken = True
        try:
            found = PyJWKSet.from_dict(await self._read()).keys
        except (httpx.HTTPError, OSError, ValueError, PyJWKError, PyJWKSetError) as error:
            # Keys that were good stay good: an issuer that cannot be reached must not lock everybody out.
            _log.warning("auth.keys.unavailable", source=self._source, error=describe(error))
            return
        self._keys = {key.key_id: key for key in found if key.algorithm_name in ALGORITHMS}
        self._loaded_at = self._tried_at
        self._is_broken = False

    async def _read(self) -> dict[str, Any]:
        if not self._source.startswith(("http://", "https://")):
            return dict(json.loads(await asyncio.to_thread(Path(self._source).read_bytes)))
        async with httpx.AsyncClient(timeout=_TIMEOUT_SECONDS) as client:
            answer = await client.get(self._source, headers={"accept": "application/json"})
        answer.raise_for_status()
        return dict(answer.json())
