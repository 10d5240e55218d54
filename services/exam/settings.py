"""Exam's settings: `KAOZHENG_EXAM_*` over the platform's `KAOZHENG_*`."""

from pydantic_settings import SettingsConfigDict

from shared.settings import ServiceSettings


class Settings(ServiceSettings):
    """The platform's settings with exam's own database and port."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_EXAM_")

    port: int = 8102
