"""One Kafka process, broker and controller at once, on loopback."""

import subprocess
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from kaozheng.embedded import environment, ports
from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.errors import DidNotStart
from kaozheng.embedded.kafka.artefacts import kafka_jars, logging_configuration
from kaozheng.embedded.kafka.java import find_java

#: The same for every cluster: it only keeps nodes from joining a stranger's.
_CLUSTER_ID = "a2FvemhlbmctY2x1c3Rlcg"
_STARTED = "Kafka Server started"
_FORMAT_SECONDS = 300


@dataclass(frozen=True, kw_only=True)
class NodePorts:
    """Where one node listens, for clients and brokers and for controllers, and where it says that it does."""

    number: int
    client: int
    controller: int
    #: What others are told instead, where something stands in between.
    advertised_client: int | None = None
    advertised_controller: int | None = None

    @property
    def client_address(self) -> str:
        """Return where clients and brokers are told to come."""
        return f"{ports.LOOPBACK}:{self.advertised_client or self.client}"

    @property
    def controller_address(self) -> str:
        """Return where controllers and brokers are told to find the node's controller."""
        return f"{ports.LOOPBACK}:{self.advertised_controller or self.controller}"


@dataclass(frozen=True, kw_only=True)
class KafkaNode:
    """One node of a cluster whose nodes all know each other's ports."""

    home: Path
    jars_home: Path
    number: int
    nodes: Sequence[NodePorts]
    log: Path
    heap: str = "384m"
    extra_environment: dict[str, str] = field(default_factory=dict)

    @property
    def bootstrap_servers(self) -> str:
        """The addresses of the whole cluster, for clients."""
        return ",".join(node.client_address for node in self.nodes)

    def prepare(self) -> None:
        """Write the configuration and format the data folder unless it is. Raises NoJava, NoArtefacts, DidNotStart."""
        make_own_folder(self.home, mode=0o700)
        self._configuration.write_text("".join(f"{key}={value}\n" for key, value in self._properties().items()))
        formatting = ["kafka.tools.StorageTool", "format", "--ignore-formatted", "-t", _CLUSTER_ID]
        formatting += ["-c", str(self._configuration)]
        with self.log.open("ab") as log:
            run = subprocess.run(
                self._java(formatting),
                stdout=log,
                stderr=log,
                env=self._environment(),
                timeout=_FORMAT_SECONDS,
                check=False,
            )
        if run.returncode != 0:
            raise DidNotStart("Kafka", self.log)

    def spawn(self) -> psutil.Popen:
        """Start the node in a session of its own and return at once; its log begins anew, the last one is kept."""
        self.prepare()
        if self.log.exists():
            self.log.replace(self.log.with_suffix(".previous.log"))
        with self.log.open("wb") as log:
            return psutil.Popen(
                self._java(["kafka.Kafka", str(self._configuration)]),
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,
                env=self._environment(),
                start_new_session=True,
            )

    def start(self, *, seconds: float = 300) -> psutil.Process:
        """Start and wait until clients can connect. Raises DidNotStart."""
        process = self.spawn()
        if not ports.wait_until(self.is_ready, process, seconds=seconds):
            process.kill()
            raise DidNotStart("Kafka", self.log)
        return process

    def is_ready(self) -> bool:
        """Say whether it has joined the cluster and accepts clients."""
        if not ports.answers(self._ports.client):
            return False
        return self.log.exists() and _STARTED in self.log.read_text(errors="replace")

    @property
    def _ports(self) -> NodePorts:
        return next(node for node in self.nodes if node.number == self.number)

    @property
    def _configuration(self) -> Path:
        return self.home / "server.properties"

    def _java(self, arguments: list[str]) -> list[str]:
        options = [f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError"]
        options.append(f"-Dlog4j2.configurationFile={logging_configuration()}")
        return [str(find_java()), *options, "-cp", f"{kafka_jars(self.jars_home)}/*", *arguments]

    def _environment(self) -> dict[str, str]:
        return environment.minimal() | self.extra_environment

    def _properties(self) -> dict[str, object]:
        mine = self._ports
        copies = min(3, len(self.nodes))
        in_sync = max(1, copies - 1)
        return {
            "process.roles": "broker,controller",
            "node.id": self.number,
            "controller.quorum.voters": ",".join(f"{node.number}@{node.controller_address}" for node in self.nodes),
            "listeners": f"PLAINTEXT://{ports.LOOPBACK}:{mine.client},CONTROLLER://{ports.LOOPBACK}:{mine.controller}",
            "advertised.listeners": f"PLAINTEXT://{mine.client_address},CONTROLLER://{mine.controller_address}",
            "controller.listener.names": "CONTROLLER",
            "inter.broker.listener.name": "PLAINTEXT",
            "log.dirs": self.home / "data",
            "auto.create.topics.enable": "false",
            "default.replication.factor": copies,
            "min.insync.replicas": in_sync,
            "offsets.topic.replication.factor": copies,
            "transaction.state.log.replication.factor": copies,
            "transaction.state.log.min.isr": in_sync,
            "share.coordinator.state.topic.replication.factor": copies,
            "share.coordinator.state.topic.min.isr": in_sync,
            # fifty by default: more files than a small host likes, for a handful of groups
            "offsets.topic.num.partitions": 12,
            "group.initial.rebalance.delay.ms": 0,
            # tests want to see a dead consumer soon
            "group.min.session.timeout.ms": 1000,
            "num.network.threads": 2,
            "num.io.threads": 4,
        }
