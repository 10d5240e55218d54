"""The broker that tests run on: the embedded one, or Apache Kafka (`make test BROKER=apache`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from kaozheng.embedded import ports
from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.kafka.node import KafkaNode, NodePorts
from kaozheng.launcher.settings import LauncherSettings

APACHE = LauncherSettings().broker == "apache"
#: Only Apache Kafka knows idempotent producers.
IDEMPOTENT = APACHE


def own_broker(folder: Path) -> EmbeddedBroker | KafkaNode:
    """Return a broker with a folder of its own, not yet started."""
    if APACHE:
        place = NodePorts(number=1, client=ports.free_port(), controller=ports.free_port())
        jars, log = LauncherSettings().jars_home, folder / "kafka-1.log"
        return KafkaNode(home=folder / "kafka-1", jars_home=jars, number=1, nodes=[place], log=log)
    return EmbeddedBroker(home=folder, port=ports.free_port(), log=folder / "broker.log")


@contextmanager
def running(broker: EmbeddedBroker | KafkaNode) -> Iterator[psutil.Process]:
    """Start a broker, kill it afterwards."""
    process = broker.start()
    yield process
    process.kill()
    process.wait(timeout=10)
