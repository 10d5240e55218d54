"""Registration's settings: `KAOZHENG_REGISTRATION_*` over the platform's `KAOZHENG_*`."""

from datetime import timedelta
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from shared.settings import Environment, ServiceSettings


class Settings(ServiceSettings):
    """The platform's settings with registration's own database, port, token key and batch limits."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_REGISTRATION_")

    port: int = 8101
    #: PEM file of the Ed25519 key that signs the tokens of institution clients.
    signing_key_file: Path | None = None
    jwt_issuer: str = "kaozheng-registration"
    jwt_audience: str = "kaozheng"
    token_lifetime: timedelta = timedelta(hours=1)
    batch_max_bytes: int = Field(default=268_435_456, ge=1)
    #: An upload holds a database connection while it streams: so many at once per process, each for so long at most.
    uploads_at_once: int = Field(default=6, ge=1)
    upload_limit: timedelta = timedelta(minutes=5)
    #: How long a batch waits for a worker that fell silent before another takes it.
    batch_lease: timedelta = timedelta(seconds=15)

    @model_validator(mode="after")
    def _need_key(self) -> Self:
        """A key made at the start would differ between processes and end all tokens at each restart."""
        if self.environment is Environment.PRODUCTION and self.signing_key_file is None:
            msg = "set KAOZHENG_REGISTRATION_SIGNING_KEY_FILE in production"
            raise ValueError(msg)
        return self
