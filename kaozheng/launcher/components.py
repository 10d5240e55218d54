"""The embedded servers and the services of one stack: what they are, where they live, how they are started."""

from functools import partial

from kaozheng.embedded.broker import EmbeddedBroker
from kaozheng.embedded.databases import SERVICES
from kaozheng.embedded.postgres import EmbeddedPostgres
from kaozheng.launcher import health
from kaozheng.launcher.child import Child, python_module
from kaozheng.launcher.environment import MARK, Environments, service_url
from kaozheng.launcher.secrets import SecretStore
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


def broker_child(state: State, port: int) -> Child:
    """The broker as a child of the supervisor."""
    mark = {MARK: str(state.folder)}
    broker = EmbeddedBroker(home=state.broker_home, port=port, log=state.log("broker"), extra_environment=mark)
    return Child("broker", broker.spawn, broker.is_ready)


def service_children(state: State, environments: Environments, ports: dict[str, int]) -> list[Child]:
    """Every service, API and worker in one process."""
    return [
        Child(
            service,
            partial(
                python_module,
                f"services.{service}.main",
                "all",
                environment=environments.of(service),
                log=state.log(service),
            ),
            partial(health.is_ready, service_url(ports, service)),
        )
        for service in SERVICES
        if service in ports
    ]
