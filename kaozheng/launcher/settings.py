"""What the launcher reads from the environment; everything has a default."""

from pathlib import Path

from pydantic_settings import BaseSettings, SettingsConfigDict

import kaozheng
from kaozheng.embedded.databases import SERVICES

#: The folder that holds `services/`, `shared/` and `kaozheng/`.
PROJECT = Path(kaozheng.__file__).resolve().parent.parent


#: Embedded servers, which have a port but no API.
SERVERS = ("postgres", "broker")


class LauncherSettings(BaseSettings):
    """Ports, the state folder, and servers of your own to use instead of the embedded ones."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_", hide_input_in_errors=True)

    #: Which services to start here; the others may run elsewhere, or not at all.
    services: tuple[str, ...] = SERVICES
    state_dir: Path = PROJECT / ".kaozheng"
    postgres_port: int = 8100
    registration_port: int = 8101
    exam_port: int = 8102
    grading_port: int = 8103
    certificate_port: int = 8104
    operations_port: int = 8105
    broker_port: int = 8109
    #: Set to use your own Kafka.
    kafka_bootstrap_servers: str | None = None
    #: Set to use your own PostgreSQL, service by service.
    registration_database_url: str | None = None
    exam_database_url: str | None = None
    grading_database_url: str | None = None
    certificate_database_url: str | None = None
    operations_database_url: str | None = None

    def database_url(self, service: str) -> str | None:
        """Return the URL of a service's own external database, if it has one."""
        url: str | None = getattr(self, f"{service}_database_url")
        return url

    @property
    def embedded_services(self) -> tuple[str, ...]:
        """Services whose database the embedded PostgreSQL carries."""
        return tuple(service for service in self.services if not self.database_url(service))

    def components(self) -> tuple[str, ...]:
        """Return what the launcher starts, in order of starting."""
        postgres = ("postgres",) if self.embedded_services else ()
        broker = () if self.kafka_bootstrap_servers else ("broker",)
        return (*postgres, *broker, *self.services)

    def wanted_ports(self) -> dict[str, int]:
        """Return the port of each component as configured."""
        return {name: int(getattr(self, f"{name}_port")) for name in self.components()}
