"""The process that keeps the stack running: starts everything in order, restarts what crashes, stops on a signal."""

import asyncio
import signal
import sys
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import psutil
import structlog

from kaozheng.embedded import postgres
from kaozheng.embedded.errors import DidNotStart, EmbeddedError
from kaozheng.embedded.ports import is_running
from kaozheng.launcher import components, locks
from kaozheng.launcher.child import Child, python_module
from kaozheng.launcher.environment import Environments
from kaozheng.launcher.identity import Identity
from kaozheng.launcher.leftovers import stop_all
from kaozheng.launcher.provision import provision
from kaozheng.launcher.secrets import SecretStore
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import Phase, State
from shared.telemetry import logs

_START_SECONDS = 300.0
_LOOK_SECONDS = 0.2
#: Kafka nodes that all leave at once wait for each other in vain.
_NODES_SECONDS = 10.0

_log = structlog.get_logger("kaozheng.launcher")


class Asked(Exception):
    """Raised inside a wait when the stack is to stop."""


class Supervisor:
    """Runs one stack from start to end in the calling process."""

    def __init__(self, state: State, settings: LauncherSettings) -> None:
        """Take the state folder, whose record says which ports to use."""
        self._state = state
        self._settings = settings
        self._record = state.read()
        self._children: list[Child] = []
        self._stopping = threading.Event()

    def run(self) -> int:
        """Bring everything up, watch it, bring it down. Return 1 if it could not be brought up. Raises Busy."""
        with locks.held(self._state.supervisor_lock):
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: self._stopping.set())
            self._record.supervisor = Identity.of(psutil.Process())
            try:
                self._bring_up()
                self._watch()
            except Asked:
                pass
            except EmbeddedError as error:
                _log.error("launcher.start.failed", reason=str(error))
                self._bring_down(Phase.FAILED, str(error))
                return 1
            self._bring_down(Phase.STOPPED, "")
            return 0

    def _bring_up(self) -> None:
        ports, state = self._record.ports, self._state
        servers = []
        if "postgres" in ports:
            self._tell(Phase.STARTING, "PostgreSQL")
            components.postgres_of(state, ports["postgres"]).prepare()
            servers.append(components.postgres_child(state, ports["postgres"]))
        servers += components.broker_children(state, self._settings, ports)
        self._start(servers)
        if "postgres" in ports:
            secrets = SecretStore(state.secrets).load()
            url = components.postgres_of(state, ports["postgres"]).dsn()
            asyncio.run(provision(url, self._settings.embedded_services, secrets))
        environments = Environments(state, self._settings, ports)
        self._tell(Phase.STARTING, "数据库迁移 migrations")
        self._migrate(environments)
        self._tell(Phase.STARTING, "服务 services")
        self._start(components.service_children(state, environments, ports))
        self._tell(Phase.RUNNING, "")

    def _migrate(self, environments: Environments) -> None:
        runs = {
            service: python_module(
                f"services.{service}.main",
                "migrate",
                environment=environments.of(service),
                log=self._state.log(service),
            )
            for service in self._settings.services
        }
        for service, run in runs.items():
            self._wait(lambda run=run: not is_running(run))  # type: ignore[misc]
            if run.wait():
                raise DidNotStart(f"{service} migrate", self._state.log(service))

    def _start(self, children: Sequence[Child]) -> None:
        for child in children:
            child.start()
            self._children.append(child)
            self._note(child)
        for child in children:
            self._wait_until_ready(child)

    def _wait_until_ready(self, child: Child) -> None:
        deadline = time.monotonic() + _START_SECONDS
        while not child.ready():
            if child.has_ended() or time.monotonic() > deadline:
                raise DidNotStart(child.name, self._state.log(child.name))
            self._pause()
        _log.info("launcher.child.ready", process=child.name)

    def _watch(self) -> None:
        while True:
            self._pause()
            for child in self._children:
                if child.has_ended():
                    pause = child.note_crash()
                    _log.warning("launcher.child.crashed", process=child.name, restarts=child.restarts, pause=pause)
                    self._note(child)
                elif child.is_due():
                    self._restart(child)

    def _restart(self, child: Child) -> None:
        if child.name == "postgres":
            components.postgres_of(self._state).prepare()
        child.start()
        _log.info("launcher.child.restarted", process=child.name, restarts=child.restarts)
        self._note(child)

    def _wait(self, condition: Callable[[], bool]) -> None:
        while not condition():
            self._pause()

    def _pause(self) -> None:
        if self._stopping.wait(_LOOK_SECONDS):
            raise Asked

    def _note(self, child: Child) -> None:
        if child.process is None:
            self._record.processes.pop(child.name, None)
        else:
            self._record.processes[child.name] = Identity.of(child.process)
        self._record.restarts[child.name] = child.restarts
        self._state.write(self._record)

    def _tell(self, phase: Phase, detail: str) -> None:
        _log.info("launcher.phase.changed", phase=phase.value, detail=detail)
        self._record.phase, self._record.detail = phase, detail
        self._state.write(self._record)

    def _bring_down(self, last: Phase, detail: str) -> None:
        """Stop services first, so that they can finish what they are at, then what they stand on."""
        self._tell(Phase.STOPPING, detail)
        running = {child.name: child.process for child in self._children if child.process}
        server = running.pop("postgres", None)
        nodes = [running.pop(name) for name in self._settings.broker_nodes if name in running]
        stop_all(list(running.values()))
        # the embedded broker keeps nothing that an orderly end could save
        stop_all(nodes, seconds=0 if self._settings.broker == "embedded" else _NODES_SECONDS)
        if server:
            postgres.stop(server)
        self._record.processes.clear()
        self._record.supervisor = None
        self._tell(last, detail)


def main() -> None:
    """Run the supervisor for the state folder given as the only argument."""
    logs.configure("launcher", "INFO")
    sys.exit(Supervisor(State(Path(sys.argv[1])), LauncherSettings()).run())


if __name__ == "__main__":
    main()
