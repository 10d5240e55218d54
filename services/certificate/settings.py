"""What the certificate service needs to know."""

from pathlib import Path
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from shared.settings import Environment, ServiceSettings


class Settings(ServiceSettings):
    """Settings of the certificate service."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_CERTIFICATE_", hide_input_in_errors=True)

    port: int = Field(default=8104, ge=0, le=65535)
    #: PEM file with the Ed25519 key. Without one (never in production) a key is made that lives as long as the process.
    signing_key_file: Path | None = None
    number_prefix: str = Field(default="KZ", pattern=r"^[A-Z0-9]{1,8}$")
    issuer_name: str = "考证示范评价机构"
    issuer_name_en: str = "Kaozheng Demonstration Certifying Body"
    #: Questions by number and name that one address may ask at once, and how many more each minute.
    lookup_burst: int = Field(default=20, ge=1)
    lookups_per_minute: int = Field(default=30, ge=1)
    #: Genuine credentials whose signature is not checked anew each time. Their status is read anew always.
    remembered_credentials: int = Field(default=4096, ge=1)

    @model_validator(mode="after")
    def _demand_key(self) -> Self:
        if self.environment is Environment.PRODUCTION and self.signing_key_file is None:
            msg = "production needs KAOZHENG_CERTIFICATE_SIGNING_KEY_FILE"
            raise ValueError(msg)
        return self
