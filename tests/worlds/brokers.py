"""The broker that tests run on: the embedded one, or Apache Kafka (`make test BROKER=apache` or `BROKER=docker`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from kaozheng.embedded import ports
from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.kafka.node import KafkaNode, NodePorts
from kaozheng.launcher.settings import LauncherSettings

_BROKER = LauncherSettings().broker
#: Kafka and PostgreSQL run in containers.
DOCKER = _BROKER == "docker"
#: Kafka's nodes are processes, which a storm can strike one by one.
APACHE = _BROKER == "apache"
#: Only Apache Kafka knows idempotent producers.
IDEMPOTENT = _BROKER != "embedded"


class Running(Protocol):
    """What tests do to a broker that runs; a process can do all of it."""

    def kill(self) -> None:
        """End it at once."""

    def wait(self, timeout: float | None = None) -> object:
        """Wait until it has ended."""

    def suspend(self) -> None:
        """Freeze it."""

    def resume(self) -> None:
        """Let it go on."""


class OwnBroker(Protocol):
    """A broker that can be started, and again after it was killed."""

    @property
    def bootstrap_servers(self) -> str:
        """The address for clients."""

    @property
    def log(self) -> Path:
        """Where its output goes."""

    def start(self) -> Running:
        """Start and wait until clients can connect."""


def own_broker(folder: Path) -> OwnBroker:
    """Return a broker with a folder of its own, not yet started."""
    if DOCKER:
        from tests.containers.kafka import KafkaServer  # not needed elsewhere, and slow to import

        return KafkaServer(folder / "kafka.log")
    if IDEMPOTENT:
        place = NodePorts(number=1, client=ports.free_port(), controller=ports.free_port())
        jars, log = LauncherSettings().jars_home, folder / "kafka-1.log"
        return KafkaNode(home=folder / "kafka-1", jars_home=jars, number=1, nodes=[place], log=log)
    return EmbeddedBroker(home=folder, port=ports.free_port(), log=folder / "broker.log")


@contextmanager
def running(broker: OwnBroker) -> Iterator[Running]:
    """Start a broker, kill it afterwards."""
    process = broker.start()
    yield process
    process.kill()
    process.wait()
