"""Kafka and PostgreSQL in containers for one stack, and what the stack must be told to use them."""

import asyncio
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from kaozheng.embedded.databases import SERVICES, app_role, owner_role
from kaozheng.launcher.provision import provision
from kaozheng.launcher.secrets import Secrets, SecretStore
from tests.containers.kafka import KafkaServer
from tests.containers.postgres import PostgresServer


@dataclass(frozen=True)
class Servers:
    """What runs, with the passwords of all roles."""

    kafka: KafkaServer
    postgres: PostgresServer
    secrets: Secrets

    @property
    def environment(self) -> dict[str, str]:
        """Return the settings of the launcher and of the services."""
        values = {"KAOZHENG_KAFKA_BOOTSTRAP_SERVERS": self.kafka.bootstrap_servers}
        for service in SERVICES:
            prefix, database = f"KAOZHENG_{service.upper()}_DATABASE", f"kz_{service}"
            app, owner = self.secrets.app_passwords[service], self.secrets.owner_passwords[service]
            values[f"{prefix}_URL"] = self.postgres.dsn(database, app_role(service), app)
            values[f"{prefix}_OWNER_URL"] = self.postgres.dsn(database, owner_role(service), owner)
        return values

    def restart_kafka(self) -> None:
        """Kill Kafka and start it again: it comes back empty."""
        self.kafka.kill()
        self.kafka.start()


@contextmanager
def running(folder: Path) -> Iterator[Servers]:
    """Start both with a database for each service; remove them afterwards. The folder keeps Kafka's output."""
    secrets = SecretStore(folder).load()
    kafka, postgres = KafkaServer(folder / "kafka.log"), PostgresServer(secrets.superuser_password)
    with ExitStack() as stack, ThreadPoolExecutor() as threads:
        stack.callback(kafka.kill)
        stack.callback(postgres.stop)
        starting = threads.submit(kafka.start)
        postgres.start()
        # in a thread: the caller may be in a loop of its own
        threads.submit(asyncio.run, provision(postgres.dsn(), SERVICES, secrets)).result()
        starting.result()
        yield Servers(kafka, postgres, secrets)
