"""A stack whose parts reach each other through the proxy, with deadlines that a short storm outlives."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State
from tests.chaos.proxy import Network
from tests.e2e.job import EVENT_SERVICES, Job, job

#: The usual ones are half a minute and more.
_DEADLINES = {
    "KAOZHENG_MESSAGING_SEND_DEADLINE": "5",
    "KAOZHENG_MESSAGING_LEAD_IDLE": "5",
    "KAOZHENG_MESSAGING_SESSION_TIMEOUT": "6",
    "KAOZHENG_MESSAGING_HEARTBEAT": "1",
    "KAOZHENG_MESSAGING_STALL": "15",
    **{f"KAOZHENG_{service.upper()}_DATABASE_DEADLINE": "40" for service in EVENT_SERVICES},
}


def kafka_nodes() -> list[str]:
    """Return the names of the Kafka nodes that a stack will have; none with the embedded broker."""
    return [name for name in LauncherSettings().broker_nodes if name.startswith("kafka-")]


@contextmanager
def wired(folder: Path) -> Iterator[tuple[Job, Network]]:
    """Start the network and a stack on it; stop both in any case."""
    state = State(folder / "state")
    nodes = kafka_nodes()
    targets = ["postgres", *nodes, *(f"{node}-controller" for node in nodes)]
    with (
        Network(targets, lambda name: state.read().ports[name], lambda: _callers(state)) as network,
        pytest.MonkeyPatch.context() as environment,
    ):
        for name, value in _DEADLINES.items():
            environment.setenv(name, value)
        environment.setenv("KAOZHENG_SEPARATE_WORKERS", "true")
        environment.setenv("KAOZHENG_ADVERTISED_PORTS", json.dumps(network.ports))
        with job(folder) as system:
            yield system, network


def _callers(state: State) -> dict[int, str]:
    """Return which part of the stack has which port now."""
    names = {identity.pid: name for name, identity in state.read().processes.items()}
    connections = psutil.net_connections("tcp4")
    return {each.laddr[1]: names[each.pid] for each in connections if each.laddr and each.pid in names}
