"""Apache Kafka in a container: one node, broker and controller at once."""

from pathlib import Path
from typing import Self

from testcontainers.core.container import DockerContainer
from testcontainers.core.wait_strategies import LogMessageWaitStrategy

from kaozheng.embedded import ports
from tests.containers.settings import Images

_INSIDE = 9092
_SETTINGS = {
    "PROCESS_ROLES": "broker,controller",
    "NODE_ID": "1",
    "CONTROLLER_QUORUM_VOTERS": "1@localhost:9093",
    "CONTROLLER_LISTENER_NAMES": "CONTROLLER",
    "LISTENERS": f"PLAINTEXT://:{_INSIDE},CONTROLLER://localhost:9093",
    "LISTENER_SECURITY_PROTOCOL_MAP": "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT",
    "INTER_BROKER_LISTENER_NAME": "PLAINTEXT",
    "LOG_DIRS": "/var/lib/kafka/data",
    "AUTO_CREATE_TOPICS_ENABLE": "false",
    "OFFSETS_TOPIC_REPLICATION_FACTOR": "1",
    "OFFSETS_TOPIC_NUM_PARTITIONS": "12",
    "TRANSACTION_STATE_LOG_REPLICATION_FACTOR": "1",
    "TRANSACTION_STATE_LOG_MIN_ISR": "1",
    "SHARE_COORDINATOR_STATE_TOPIC_REPLICATION_FACTOR": "1",
    "SHARE_COORDINATOR_STATE_TOPIC_MIN_ISR": "1",
    "GROUP_INITIAL_REBALANCE_DELAY_MS": "0",
    # tests want to see a dead consumer soon
    "GROUP_MIN_SESSION_TIMEOUT_MS": "1000",
    "HEAP_OPTS": "-Xms384m -Xmx384m",
}


class KafkaServer:
    """Behaves as a process does: it can be killed, suspended, resumed. What is started after a kill is empty."""

    def __init__(self, log: Path) -> None:
        """Say where the container's output goes when it ends."""
        self.log = log
        self._port = ports.free_port()
        self._container: DockerContainer | None = None

    @property
    def bootstrap_servers(self) -> str:
        """The address for clients: known beforehand, because the broker itself must tell it."""
        return f"{ports.LOOPBACK}:{self._port}"

    def start(self) -> Self:
        """Start a new container and wait until clients can connect."""
        container = DockerContainer(Images().kafka_image)
        container.ports[str(_INSIDE)] = (ports.LOOPBACK, self._port)  # type: ignore[assignment]  # as the engine takes it
        container.with_envs(**{f"KAFKA_{name}": value for name, value in _SETTINGS.items()})
        container.with_env("KAFKA_ADVERTISED_LISTENERS", f"PLAINTEXT://{self.bootstrap_servers}")
        container.waiting_for(LogMessageWaitStrategy("Kafka Server started").with_poll_interval(0.2))
        self._container = container
        container.start()
        return self

    def kill(self) -> None:
        """End it as kill -9 does, its data with it."""
        if self._container:
            self.log.write_bytes(self._container.get_wrapped_container().logs())
            self._container.stop()
            self._container = None

    def wait(self, timeout: float | None = None) -> None:
        """Return at once: it is gone when `kill` returns."""

    def suspend(self) -> None:
        """Freeze it; connections stay open."""
        self._running.get_wrapped_container().pause()

    def resume(self) -> None:
        """Let it go on."""
        self._running.get_wrapped_container().unpause()

    @property
    def _running(self) -> DockerContainer:
        assert self._container, "not started"
        return self._container
