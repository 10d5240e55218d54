"""The embedded servers and the services of one stack: what they are, where they live, how they are started."""

from functools import partial

from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.databases import SERVICES
from kaozheng.embedded.kafka.node import KafkaNode, NodePorts
from kaozheng.embedded.postgres import EmbeddedPostgres
from kaozheng.launcher import health
from kaozheng.launcher.child import Child, python_module
from kaozheng.launcher.environment import MARK, Environments, service_url
from kaozheng.launcher.secrets import SecretStore
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State


def postgres_of(state: State, port: int = 0) -> EmbeddedPostgres:
    """Describe the stack's PostgreSQL; without a port it can be looked for and stopped, not started."""
    return EmbeddedPostgres(
        home=state.postgres_home,
        port=port,
        password=SecretStore(state.secrets).load().superuser_password,
        log=state.log("postgres"),
        extra_environment={MARK: str(state.folder)},
    )


def postgres_child(state: State, port: int) -> Child:
    """PostgreSQL as a child of the supervisor."""
    server = postgres_of(state, port)
    return Child("postgres", server.spawn, server.is_ready)


def broker_children(state: State, settings: LauncherSettings, ports: dict[str, int]) -> list[Child]:
    """The broker's processes as children of the supervisor: Tansu, or the nodes of Apache Kafka."""
    mark = {MARK: str(state.folder)}
    names = settings.broker_nodes
    if settings.broker == "apache":
        nodes = [
            NodePorts(
                number=number,
                client=ports[name],
                controller=ports[f"{name}-controller"],
                advertised_client=settings.advertised_ports.get(name),
                advertised_controller=settings.advertised_ports.get(f"{name}-controller"),
            )
            for number, name in enumerate(names, start=1)
        ]
        homes = [
            KafkaNode(
                home=state.broker_home / name,
                jars_home=settings.jars_home,
                number=node.number,
                nodes=nodes,
                log=state.log(name),
                extra_environment=mark,
            )
            for name, node in zip(names, nodes, strict=True)
        ]
        return [Child(name, node.spawn, node.is_ready) for name, node in zip(names, homes, strict=True)]
    embedded = [
        EmbeddedBroker(
            home=state.broker_home,
            port=ports[name],
            log=state.log(name),
            advertised_port=settings.advertised_ports.get(name),
            extra_environment=mark,
        )
        for name in names
    ]
    return [Child("broker", broker.spawn, broker.is_ready) for broker in embedded]


def service_children(state: State, environments: Environments, ports: dict[str, int]) -> list[Child]:
    """Every service: API and worker in one process, or each in its own where the worker has a port."""
    parts = []
    for service in SERVICES:
        apart = f"{service}-worker" in ports
        parts += [(service, service, "api" if apart else "all")] if service in ports else []
        parts += [(f"{service}-worker", service, "worker")] if apart else []
    return [
        Child(
            name,
            partial(
                python_module,
                f"services.{service}.main",
                mode,
                environment=environments.of(service),
                log=state.log(name),
            ),
            partial(health.is_ready, service_url(ports, name)),
        )
        for name, service, mode in parts
    ]
