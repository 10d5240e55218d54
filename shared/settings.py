"""Settings from the environment: what the platform needs, and what one service adds.

Platform values are read from `KAOZHENG_*`, a service's own from `KAOZHENG_<SERVICE>_*`. Lists and maps are JSON.
"""

import base64
import binascii
from enum import StrEnum
from pathlib import Path
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field, SecretStr, model_validator
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
)

from shared.clock import Clock, MovableClock, SystemClock
from shared.sealing import Sealer

_KEY_BYTES = 32
_PLATFORM_PREFIX = "KAOZHENG_"

#: Known to everybody, so it protects nothing: accepted in `local` and `test` only.
PLACEHOLDER_KEY = base64.b64encode(b"placeholder: replace before use!").decode()


class Environment(StrEnum):
    """Where it runs. Only `production` refuses placeholder secrets, and it is what you get if you say nothing."""

    LOCAL = "local"
    TEST = "test"
    PRODUCTION = "production"


def _check_key(value: SecretStr) -> SecretStr:
    if len(_key_bytes(value)) != _KEY_BYTES:
        msg = "a key must be base64 of exactly 32 bytes"
        raise ValueError(msg)
    return value


def _key_bytes(value: SecretStr) -> bytes:
    try:
        return base64.b64decode(value.get_secret_value(), validate=True)
    except binascii.Error as error:
        msg = "a key must be base64"
        raise ValueError(msg) from error


#: A 32-byte key in base64.
Key = Annotated[SecretStr, AfterValidator(_check_key)]


class TrustedIssuer(BaseModel, frozen=True):
    """Who may sign bearer tokens: the `iss` value, where its public keys are (URL or file), the `aud` to demand."""

    issuer: str
    jwks: str
    audience: str


class PlatformSettings(BaseSettings):
    """What every process of the system needs to know."""

    model_config = SettingsConfigDict(env_prefix=_PLATFORM_PREFIX, hide_input_in_errors=True)

    environment: Environment = Environment.PRODUCTION
    log_level: str = "INFO"
    #: Says how far the one clock of development and tests is ahead of the machine's; refused in production.
    clock_file: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None
    kafka_bootstrap_servers: str = "127.0.0.1:9092"
    kafka_idempotence: bool = True
    kafka_partitions: int = Field(default=12, ge=1)
    kafka_replication: int = Field(default=1, ge=1)
    kafka_create_topics: bool = True
    otlp_endpoint: str | None = None
    otlp_token: SecretStr | None = None
    #: New traces a second that a process keeps, ten times as many after a pause; beyond that only what goes wrong.
    trace_roots_per_second: float = Field(default=50, ge=0)
    #: Full address for metrics; not every receiver of traces takes them.
    otlp_metrics_endpoint: str | None = None
    public_url: str = "http://127.0.0.1:8104"
    auth_issuers: list[TrustedIssuer] = Field(default_factory=list)
    sealing_keys: dict[str, Key] = Field(default_factory=lambda: {"placeholder": SecretStr(PLACEHOLDER_KEY)})
    sealing_active: str = "placeholder"
    index_key: Key = SecretStr(PLACEHOLDER_KEY)
    #: The operator's own standards and blueprints: `standards/` and `blueprints/` in it. None: only what is built in.
    standards_dir: Annotated[Path | None, BeforeValidator(lambda value: value or None)] = None

    @model_validator(mode="after")
    def _refuse_placeholders(self) -> Self:
        """Nothing sealed in production may be opened with a key that is printed in the source."""
        if self.sealing_active not in self.sealing_keys:
            msg = "sealing_active names no key of sealing_keys"
            raise ValueError(msg)
        if self.environment is Environment.PRODUCTION:
            keys = [*self.sealing_keys.values(), self.index_key]
            if any(key.get_secret_value() == PLACEHOLDER_KEY for key in keys):
                msg = "placeholder keys are refused in production: set KAOZHENG_SEALING_KEYS and KAOZHENG_INDEX_KEY"
                raise ValueError(msg)
        return self

    @model_validator(mode="after")
    def _refuse_a_moved_clock(self) -> Self:
        if self.environment is Environment.PRODUCTION and self.clock_file:
            msg = "a clock that can be moved is refused in production: unset KAOZHENG_CLOCK_FILE"
            raise ValueError(msg)
        return self

    def clock(self) -> Clock:
        """Return the clock that the process lives by."""
        return MovableClock(self.clock_file) if self.clock_file else SystemClock()

    def sealer(self) -> Sealer:
        """Return the sealer of the configured key ring."""
        keys = {key_id: _key_bytes(key) for key_id, key in self.sealing_keys.items()}
        return Sealer(keys, self.sealing_active, _key_bytes(self.index_key))


class ServiceSettings(PlatformSettings):
    """One service's settings. Subclass it with `model_config = SettingsConfigDict(env_prefix="KAOZHENG_EXAM_")`.

    The service's prefix is tried first for every value, so that one service can differ from the platform.
    """

    database_url: str = Field(repr=False)
    #: May change the schema; used by migrations only. The same as `database_url` unless it is set.
    database_owner_url: str = Field(default="", repr=False)
    host: str = "127.0.0.1"
    port: int = Field(ge=0, le=65535)
    #: Where a worker without an API answers health checks; not at all if unset.
    worker_port: int | None = None
    pool_size: int = Field(default=10, ge=1)
    #: A statement that the database has not answered after so many seconds is given up, and its connection with it.
    database_deadline: float = Field(default=120.0, gt=0)
    #: How long a stopping API still answers after it has said that it is not ready, so that balancers can notice.
    drain_seconds: float = Field(default=0.0, ge=0)

    _platform: ClassVar[type[PlatformSettings]] = PlatformSettings

    @model_validator(mode="after")
    def _default_owner(self) -> Self:
        if not self.database_owner_url:
            self.database_owner_url = self.database_url
        return self

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read arguments, then the service's prefix, then the platform's; no files, so that nothing is read twice."""
        del settings_cls, dotenv_settings, file_secret_settings
        platform = EnvSettingsSource(cls._platform, env_prefix=_PLATFORM_PREFIX)
        return init_settings, env_settings, platform
