"""The issuing desk: everything the use cases have in common, and how secrets are kept."""

import json
import zlib
from dataclasses import dataclass
from functools import cached_property
from typing import cast

from services.certificate.application.keyring import KeyRing
from services.certificate.application.memory import Memory
from services.certificate.application.ports import Notary, Vault
from services.certificate.domain.credential import Issuer
from services.certificate.domain.proof import Json
from shared import ids
from shared.clock import Clock
from shared.standards.catalogue import Catalogue


@dataclass(frozen=True)
class Desk:
    """Who issues, with which key and number prefix, by which clock, for which standards."""

    issuer: Issuer
    prefix: str
    notary: Notary
    vault: Vault
    clock: Clock
    keys: KeyRing
    catalogue: Catalogue
    memory: Memory

    @cached_property
    def decoy(self) -> tuple[bytes, bytes]:
        """Return a sealed token and credential of nobody, so that an unknown number takes as long as a known one."""
        nobody = {
            "credentialSubject": {"identifier": [{"identityHash": "无名氏"}]},
            "filling": ["0123456789" * 20] * 20,
        }
        return self.seal_token(ids.random_code(16)), self.seal_credential(json.dumps(nobody).encode())

    def seal_credential(self, source: bytes) -> bytes:
        """Return the credential's bytes sealed; zipped first, because nothing can zip them afterwards."""
        return self.vault.seal(zlib.compress(source, 1), "certificate-credential")

    def open_credential(self, sealed: bytes) -> bytes:
        """Return the credential's bytes, the same each time."""
        return zlib.decompress(self.vault.open(sealed, "certificate-credential"))

    def seal_token(self, token: str) -> bytes:
        """Return the token sealed."""
        return self.vault.seal(token.encode(), "certificate-token")

    def open_token(self, sealed: bytes) -> str:
        """Return the token."""
        return self.vault.open(sealed, "certificate-token").decode()

    def seal_document(self, pdf: bytes) -> bytes:
        """Return the PDF sealed."""
        return self.vault.seal(pdf, "certificate-document")

    def open_document(self, sealed: bytes) -> bytes:
        """Return the PDF."""
        return self.vault.open(sealed, "certificate-document")


def read_credential(source: bytes) -> Json:
    """Return the credential that stored bytes hold."""
    return cast("Json", json.loads(source))
