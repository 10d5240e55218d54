"""A cluster of Kafka nodes on free ports, for tests and for trying."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from kaozheng.embedded import ports
from kaozheng.embedded.errors import DidNotStart
from kaozheng.embedded.kafka.node import KafkaNode, NodePorts

_START_SECONDS = 90.0
_STOP_SECONDS = 30.0


def describe(
    home: Path, jars_home: Path, brokers: int, extra_environment: dict[str, str] | None = None
) -> list[KafkaNode]:
    """Return the nodes of a new cluster under `home`, on ports that are free now."""
    nodes = [
        NodePorts(number=number, client=ports.free_port(), controller=ports.free_port())
        for number in range(1, brokers + 1)
    ]
    return [
        KafkaNode(
            home=home / f"kafka-{node.number}",
            jars_home=jars_home,
            number=node.number,
            nodes=nodes,
            log=home / f"kafka-{node.number}.log",
            extra_environment=extra_environment or {},
        )
        for node in nodes
    ]


@contextmanager
def running(nodes: list[KafkaNode]) -> Iterator[dict[int, psutil.Process]]:
    """Start all nodes, yield their processes by number, stop whatever then still runs. Raises DidNotStart."""
    processes: dict[int, psutil.Process] = {}
    try:
        for node in nodes:
            processes[node.number] = node.spawn()
        for node in nodes:
            if not ports.wait_until(node.is_ready, processes[node.number], seconds=_START_SECONDS):
                raise DidNotStart("Kafka", node.log)
        yield processes
    finally:
        for process in processes.values():
            if ports.is_running(process):
                process.terminate()
        _, stubborn = psutil.wait_procs(list(processes.values()), timeout=_STOP_SECONDS)
        for process in stubborn:
            process.kill()
