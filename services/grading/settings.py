"""Grading's settings: `KAOZHENG_GRADING_*` over the platform's `KAOZHENG_*`."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """The platform's settings with grading's own database and port."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_GRADING_")

    port: int = 8103
