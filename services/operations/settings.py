"""What operations reads from its environment."""

import base64
from datetime import timedelta
from typing import Self

from pydantic import Field, model_validator
from pydantic_settings import SettingsConfigDict

from services.operations.domain import page_link
from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """Operations' settings: `KAOZHENG_OPERATIONS_*`."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_OPERATIONS_", hide_input_in_errors=True)

    port: int = Field(default=8105, ge=0, le=65535)
    #: For how long spans are kept. A journey takes weeks, from application to certificate.
    retention_days: int = Field(default=90, ge=1, le=3_650)

    @model_validator(mode="after")
    def _send_no_spans_to_itself(self) -> Self:
        """Every request that brings spans would make another one."""
        self.otlp_endpoint = None
        return self

    @property
    def retention(self) -> timedelta:
        """Return for how long spans are kept."""
        return timedelta(days=self.retention_days)

    def page_key(self) -> bytes:
        """Return the key that signs links to pages."""
        return page_link.derive_key(base64.b64decode(self.index_key.get_secret_value()))
