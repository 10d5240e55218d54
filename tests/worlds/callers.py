"""Who calls a service: an issuer, the file of its public key, and the headers of its callers."""

import json
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from shared.clock import Clock, SystemClock
from shared.settings import TrustedIssuer
from shared.web import tokens

ISSUER, AUDIENCE = "https://id.test", "kaozheng"
#: Who calls, unless a test says otherwise.
OFFICER = "officer"
#: The headers of whoever has no token.
NOBODY: dict[str, str] = {}
#: Answers are in Chinese unless a caller asks for this.
ENGLISH = {"accept-language": "en"}

Headers = dict[str, str]
_MACHINE = SystemClock()


@dataclass(frozen=True)
class Issuer:
    """A name under which tokens are signed, its key, and the file in which services find the public half."""

    name: str
    key: Ed25519PrivateKey
    jwks: Path

    @classmethod
    def make(cls, folder: Path, name: str = ISSUER) -> "Issuer":
        """Make a key and write its public half into the folder."""
        key, jwks = Ed25519PrivateKey.generate(), folder / f"{name.rpartition('/')[2]}.jwks.json"
        jwks.write_text(json.dumps(tokens.jwks(key.public_key())))
        return cls(name, key, jwks)

    @property
    def trusted(self) -> TrustedIssuer:
        """What a service's settings say of it."""
        return TrustedIssuer(issuer=self.name, jwks=str(self.jwks), audience=AUDIENCE)

    def token(
        self, *scopes: str, institution: UUID | None = None, subject: str = OFFICER, clock: Clock = _MACHINE
    ) -> str:
        """Return a token of somebody with these scopes, valid for an hour; staff unless an institution is given."""
        return tokens.issue(self.key, self.name, AUDIENCE, subject, scopes, institution, timedelta(hours=1), clock)


def bearer(token: str) -> Headers:
    """Return the headers of whoever has this token."""
    return {"authorization": f"Bearer {token}"}
