"""The issuer's public keys as verification needs them: kept in memory, read again when an unknown one turns up."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from services.certificate.application.ports import Archive, Notary
from services.certificate.domain.credential import Issuer
from services.certificate.domain.verification import Trust


class KeyRing:
    """Every key that the issuer lists."""

    def __init__(self, issuer: Issuer, notary: Notary) -> None:
        """Start with the key that signs now."""
        self._issuer = issuer
        self._raw: dict[str, bytes] = {notary.method: notary.public_key}
        self._keys = {notary.method: Ed25519PublicKey.from_public_bytes(notary.public_key)}

    async def listed(self, archive: Archive) -> Mapping[str, bytes]:
        """Return all keys by id: those of the archive, oldest first, then the present one."""
        stored = await archive.keys()
        self._raw = {**stored, **{method: raw for method, raw in self._raw.items() if method not in stored}}
        self._keys = {method: Ed25519PublicKey.from_public_bytes(raw) for method, raw in self._raw.items()}
        return self._raw

    def trust_at_hand(self, methods: AbstractSet[str]) -> Trust | None:
        """Return whom to believe if these keys are all in memory."""
        return Trust(self._issuer, self._keys) if methods <= self._keys.keys() else None

    async def trust_for(self, credential: Mapping[str, Any], archive: Archive) -> Trust:
        """Return whom to believe, with the keys that the credential names if the issuer lists them."""
        if not _methods(credential) <= self._keys.keys():
            await self.listed(archive)
        return Trust(self._issuer, self._keys)


def _methods(credential: Mapping[str, Any]) -> set[str]:
    proofs = credential.get("proof")
    if not isinstance(proofs, list):
        return set()
    named = [proof.get("verificationMethod") for proof in proofs if isinstance(proof, dict)]
    return {method for method in named if isinstance(method, str)}
