"""Which images the tests run on; a mirror's names or locally built ones do as well."""

from pydantic_settings import BaseSettings, SettingsConfigDict


class Images(BaseSettings):
    """`KAOZHENG_KAFKA_IMAGE` and `KAOZHENG_POSTGRES_IMAGE`: what docker-compose.yml runs, unless set."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_")

    kafka_image: str = "apache/kafka:4.3.1"
    postgres_image: str = "postgres:18.4"
