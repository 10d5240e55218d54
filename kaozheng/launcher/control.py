"""Up and down, from outside the supervisor: safe to call at any time, by several people, after any kill."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

import psutil

from kaozheng.embedded import environment
from kaozheng.embedded.errors import DidNotStart, EmbeddedError
from kaozheng.embedded.ports import is_running
from kaozheng.launcher import choice, components, locks
from kaozheng.launcher.child import python_module
from kaozheng.launcher.leftovers import stop_leftovers
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import Phase, Record, State
from kaozheng.launcher.supervisor import Supervisor

_COMMAND_SECONDS = 60.0
_UP_SECONDS = 900.0
_DOWN_SECONDS = 120.0
_LOOK_SECONDS = 0.1

Tell = Callable[[str], None]


class NoContainers(EmbeddedError):
    """The servers are to be containers, and nobody has started them."""

    def __init__(self) -> None:
        """Say who starts them."""
        super().__init__(
            "容器由 make 启动：make demo BROKER=docker，或 make up BROKER=docker。\n"
            "Containers are started by make: make demo BROKER=docker, or make up BROKER=docker."
        )


@dataclass(frozen=True)
class Control:
    """Commands on one stack; `tell` hears what goes on, one short line at a time."""

    settings: LauncherSettings
    tell: Tell

    @property
    def state(self) -> State:
        """The stack's state folder."""
        return State(self.settings.state_dir)

    def is_up(self) -> bool:
        """Say whether a supervisor lives."""
        return locks.is_held(self.state.supervisor_lock)

    def up(self, *, free_ports: bool = False) -> bool:
        """Start the stack, or join the one that runs; return once it is ready, True if it was started by us.

        Raises PortsTaken, DidNotStart.
        """
        self.state.prepare()
        with locks.held(self.state.command_lock, seconds=_COMMAND_SECONDS):
            supervisor = None
            if not self._joins():
                supervisor = self._start(free_ports=free_ports)
        self._wait_until_running(supervisor)
        return supervisor is not None

    def run_here(self, *, free_ports: bool = False) -> int:
        """Be the supervisor until Ctrl-C; return its exit status. Raises Busy if there is one already."""
        self.state.prepare()
        with locks.held(self.state.command_lock, seconds=_COMMAND_SECONDS):
            if self.is_up():
                raise locks.Busy(self.state.supervisor_lock)
            self._make_ready(free_ports=free_ports)
        return Supervisor(self.state, self.settings).run()

    def down(self) -> bool:
        """Stop the stack and whatever an earlier one has left; True if there was anything to stop."""
        self.state.prepare()
        with locks.held(self.state.command_lock, seconds=_COMMAND_SECONDS):
            was_up = self.is_up()
            if was_up:
                self._stop_supervisor()
            left = stop_leftovers(self.state, components.postgres_of(self.state))
            if left:
                self.tell(f"已停止残留进程 stopped leftovers: {', '.join(left)}")
            record = self.state.read()
            if record.phase is not Phase.STOPPED:
                self.state.write(Record(ports=record.ports))
        return was_up or bool(left)

    def _joins(self) -> bool:
        """Say whether a supervisor lives that is not about to end."""
        deadline = time.monotonic() + _DOWN_SECONDS
        while self.is_up() and self.state.read().phase in (Phase.STOPPING, Phase.STOPPED, Phase.FAILED):
            if time.monotonic() > deadline:
                raise locks.Busy(self.state.supervisor_lock)
            time.sleep(_LOOK_SECONDS)
        return self.is_up()

    def _make_ready(self, *, free_ports: bool) -> None:
        if self.settings.broker == "docker" and not self.settings.has_own_servers:
            raise NoContainers
        left = stop_leftovers(self.state, components.postgres_of(self.state))
        if left:
            self.tell(f"已清理上次残留的进程 cleaned up after a killed launcher: {', '.join(left)}")
        wanted = self.settings.wanted_ports()
        ports = choice.free(wanted) if free_ports else choice.configured(wanted)
        self.state.write(Record(phase=Phase.STARTING, ports=ports))

    def _start(self, *, free_ports: bool) -> psutil.Process:
        self._make_ready(free_ports=free_ports)
        ours = environment.inherited() | environment.configured()
        supervisor = python_module(
            "kaozheng.launcher.supervisor",
            str(self.state.folder),
            environment=ours,
            log=self.state.log("supervisor"),
        )
        while not self.is_up() and is_running(supervisor):
            time.sleep(_LOOK_SECONDS)
        return supervisor

    def _wait_until_running(self, supervisor: psutil.Process | None) -> None:
        deadline = time.monotonic() + _UP_SECONDS
        told = ""
        while (record := self.state.read()).phase is not Phase.RUNNING:
            ended = not self.is_up() if supervisor is None else not is_running(supervisor)
            if ended and record.phase is Phase.FAILED:
                raise EmbeddedError(record.detail)
            if ended or time.monotonic() > deadline:
                raise DidNotStart("kaozheng", self.state.log("supervisor"))
            if record.phase is Phase.STARTING and record.detail not in (told, ""):
                told = record.detail
                self.tell(told)
            time.sleep(_LOOK_SECONDS)

    def _stop_supervisor(self) -> None:
        asked = False
        deadline = time.monotonic() + _DOWN_SECONDS
        while self.is_up():
            supervisor = self.state.read().supervisor
            process = supervisor.process() if supervisor else None
            if process and time.monotonic() > deadline:
                process.kill()
            elif process and not asked:
                os.kill(process.pid, signal.SIGTERM)
                asked = True
                self.tell("正在停止 stopping")
            time.sleep(_LOOK_SECONDS)
