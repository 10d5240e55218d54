"""Keys and passwords of the embedded stack: made once, kept in the state folder, readable by nobody else."""

import base64
import json
import os
from pathlib import Path
from secrets import token_bytes, token_urlsafe

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from pydantic import BaseModel

from kaozheng.embedded.databases import SERVICES
from shared.web import tokens

STAFF_ISSUER = "kaozheng-staff"
REGISTRATION_ISSUER = "kaozheng-registration"
AUDIENCE = "kaozheng"


class Secrets(BaseModel, frozen=True):
    """All that must stay the same as long as the data lives: without the sealing keys it cannot be read."""

    sealing_keys: dict[str, str]
    sealing_active: str
    index_key: str
    otlp_token: str
    superuser_password: str
    owner_passwords: dict[str, str]
    app_passwords: dict[str, str]


class SecretStore:
    """The folder of the secrets."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which must exist."""
        self._folder = folder

    def load(self) -> Secrets:
        """Return the secrets; make them the first time."""
        path = self._folder / "secrets.json"
        if not path.exists():
            _write_once(path, _new_secrets().model_dump_json(indent=1).encode())
        return Secrets.model_validate_json(path.read_bytes())

    def key_file(self, name: str) -> Path:
        """Return the PEM file of an Ed25519 signing key (`staff`, `registration`, `certificate`)."""
        path = self._folder / f"{name}-key.pem"
        if not path.exists():
            key = Ed25519PrivateKey.generate()
            _write_once(path, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        return path

    def key(self, name: str) -> Ed25519PrivateKey:
        """Return the signing key itself."""
        key = load_pem_private_key(self.key_file(name).read_bytes(), password=None)
        if not isinstance(key, Ed25519PrivateKey):
            raise TypeError(f"{name}: an Ed25519 key is expected")
        return key

    def jwks_file(self, name: str) -> Path:
        """Return the file with the public key, as a JSON Web Key Set."""
        path = self._folder / f"{name}-jwks.json"
        _replace(path, json.dumps(tokens.jwks(self.key(name).public_key())).encode())
        return path


def _new_secrets() -> Secrets:
    return Secrets(
        sealing_keys={"local-1": _new_key()},
        sealing_active="local-1",
        index_key=_new_key(),
        otlp_token=token_urlsafe(32),
        superuser_password=token_urlsafe(24),
        owner_passwords={service: token_urlsafe(24) for service in SERVICES},
        app_passwords={service: token_urlsafe(24) for service in SERVICES},
    )


def _new_key() -> str:
    return base64.b64encode(token_bytes(32)).decode()


def _write_once(path: Path, content: bytes) -> None:
    """Create the file whole, 0600, unless another process was faster."""
    partial = path.with_name(f"{path.name}.{os.getpid()}")
    _replace(partial, content)
    try:
        os.link(partial, path)
    except FileExistsError:
        partial.unlink()
    except OSError:  # a file system without links
        partial.replace(path)
    else:
        partial.unlink()


def _replace(path: Path, content: bytes) -> None:
    partial = path.with_name(f"{path.name}.{os.getpid()}.partial")
    descriptor = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    partial.replace(path)
