"""What the launcher reads from the environment; everything has a default."""

from pathlib import Path
from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

import kaozheng
from kaozheng.embedded.databases import SERVICES

#: The folder that holds `services/`, `shared/` and `kaozheng/`.
PROJECT = Path(kaozheng.__file__).resolve().parent.parent


#: Services that publish or handle events.
WITH_EVENTS = ("registration", "exam", "grading", "certificate")
_FIRST_WORKER_PORT = 8131


def is_service(component: str) -> bool:
    """Say whether a component is a service with an API, not a server that services run on."""
    return component in SERVICES


class LauncherSettings(BaseSettings):
    """Ports, the state folder, and servers of your own to use instead of the embedded ones."""

    model_config = SettingsConfigDict(env_prefix="KAOZHENG_", hide_input_in_errors=True)

    #: Which services to start here; the others may run elsewhere, or not at all.
    services: tuple[str, ...] = SERVICES
    #: What the services are told; in production they refuse a clock that can be moved, so they get none.
    environment: Literal["local", "test", "production"] = "local"
    state_dir: Path = PROJECT / ".kaozheng"
    #: Where Apache Kafka's jars are kept for all stacks.
    jars_home: Path = PROJECT / ".kaozheng" / "jars"
    postgres_port: int = 8100
    registration_port: int = 8101
    exam_port: int = 8102
    grading_port: int = 8103
    certificate_port: int = 8104
    operations_port: int = 8105
    broker_port: int = 8109
    #: `embedded`: Tansu, in memory. `apache`: Kafka itself, which needs Java and, the first time, Maven.
    #: `docker`: nothing of ours; containers that `make` has started, whose addresses are set below.
    broker: Literal["embedded", "apache", "docker"] = "embedded"
    #: As on a cluster: the API of a service and its worker are processes of their own.
    separate_workers: bool = False
    #: How many nodes Apache Kafka gets.
    brokers: int = Field(default=1, ge=1, le=9)
    #: What clients are told instead of the port of `postgres`, `broker`, `kafka-1`…: that of a proxy.
    advertised_ports: dict[str, int] = Field(default_factory=dict)
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

    @property
    def has_own_servers(self) -> bool:
        """Say whether both Kafka and every database are somebody else's."""
        return bool(self.kafka_bootstrap_servers) and not self.embedded_services

    @property
    def broker_nodes(self) -> tuple[str, ...]:
        """Names of the broker's processes; none if it is somebody else's."""
        if self.kafka_bootstrap_servers or self.broker == "docker":
            return ()
        if self.broker == "embedded":
            return ("broker",)
        return tuple(f"kafka-{number}" for number in range(1, self.brokers + 1))

    def components(self) -> tuple[str, ...]:
        """Return what the launcher starts, in order of starting."""
        postgres = ("postgres",) if self.embedded_services else ()
        return (*postgres, *self.broker_nodes, *self.services, *self.workers)

    @property
    def workers(self) -> tuple[str, ...]:
        """Names of the workers that run apart from their service's API."""
        return tuple(f"{name}-worker" for name in self.services if self.separate_workers and name in WITH_EVENTS)

    def wanted_ports(self) -> dict[str, int]:
        """Return the ports as configured: one for each component, and for each Kafka node that of its controller."""
        nodes = self.broker_nodes
        wanted = {name: self.broker_port + number for number, name in enumerate(nodes)}
        if self.broker == "apache":
            wanted |= {f"{name}-controller": self.broker_port + 10 + number for number, name in enumerate(nodes)}
        wanted |= {name: _FIRST_WORKER_PORT + number for number, name in enumerate(self.workers)}
        return {name: int(getattr(self, f"{name}_port")) for name in self.components() if name not in wanted} | wanted
