"""`kaozheng up` and `down` as an operator uses them, with kills at bad moments; one service stands for all."""

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import asyncpg
import pytest

from kaozheng.embedded import environment, ports
from kaozheng.launcher import health
from kaozheng.launcher.identity import Identity
from kaozheng.launcher.secrets import Secrets, SecretStore
from kaozheng.launcher.settings import PROJECT, LauncherSettings
from kaozheng.launcher.state import Phase, Record, State
from tests.worlds.waiting import PATIENCE, wait_until

pytestmark = [pytest.mark.integration, pytest.mark.slow]


@dataclass(frozen=True)
class Program:
    """The `kaozheng` program with a state folder of its own."""

    folder: Path
    services: str = '["operations"]'

    def __call__(self, *arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
        values = {"KAOZHENG_STATE_DIR": str(self.folder), "KAOZHENG_SERVICES": self.services, "COLUMNS": "200"}
        return subprocess.run(
            [sys.executable, "-m", "kaozheng", *arguments],
            cwd=PROJECT,
            env=environment.inherited() | values | extra,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=False,
        )

    def up(self) -> str:
        """Start on free ports; show what was printed if it fails."""
        done = self("up", "--free-ports")
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    @property
    def state(self) -> State:
        return State(self.folder)

    @property
    def record(self) -> Record:
        return self.state.read()

    @property
    def secrets(self) -> Secrets:
        return SecretStore(self.state.secrets).load()

    def url(self, role: str, password: str, database: str) -> str:
        return f"postgresql://{role}:{password}@{ports.LOOPBACK}:{self.record.ports['postgres']}/{database}"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Program]:
    """One stack for all tests here, for each start takes seconds; nothing of it is left afterwards."""
    program = Program(tmp_path_factory.mktemp("launcher") / "state")
    yield program
    cleaned = program("clean", "--yes")
    assert cleaned.returncode == 0, cleaned.stderr
    assert not program.folder.exists()
    assert not program.state.postgres_home.exists()


@pytest.fixture
def running(program: Program) -> Program:
    """The program with its stack up, whatever the test before did to it."""
    supervisor = program.record.supervisor
    if program.record.phase is not Phase.RUNNING or not (supervisor and supervisor.process()):
        program.up()
    return program


def kill(identity: Identity | None) -> None:
    """Kill -9 and wait until the process is gone."""
    assert identity
    os.kill(identity.pid, signal.SIGKILL)
    wait_until("it is gone", lambda: identity.process() is None)


def test_up_prints_addresses_and_a_second_up_joins(running: Program):
    before = running.record
    printed = running.up()
    assert "it runs already" in printed
    assert f"http://127.0.0.1:{before.ports['operations']}/docs" in printed
    assert "kaozheng token --role" in printed
    assert running.record == before


def test_status_is_good_and_tokens_are_issued(running: Program):
    status = running("status")
    assert status.returncode == 0, status.stdout
    assert running("token", "--role", "operations").stdout.count(".") == 2
    assert "no role nobody" in running("token", "--role", "nobody").stderr


@pytest.mark.parametrize("victim", ["postgres", *LauncherSettings(broker="embedded").broker_nodes, "operations"])
def test_a_killed_child_comes_back(running: Program, victim: str):
    before = running.record
    kill(before.processes[victim])
    wait_until("it is missed", lambda: running.record.restarts.get(victim, 0) > before.restarts.get(victim, 0))
    wait_until("it runs", lambda: victim in running.record.processes)
    url = f"http://127.0.0.1:{before.ports['operations']}"
    wait_until("the service is ready", lambda: health.is_ready(url))


async def test_an_app_role_reaches_its_own_database_only(running: Program):
    app = running.secrets.app_passwords["operations"]
    connection = await asyncpg.connect(running.url("kz_operations_app", app, "kz_operations"))
    await connection.close()
    for database in ("postgres", "template1"):
        with pytest.raises(asyncpg.InsufficientPrivilegeError):
            await asyncpg.connect(running.url("kz_operations_app", app, database))


async def test_data_survives_down_and_up(running: Program):
    owner = running.secrets.owner_passwords["operations"]
    connection = await asyncpg.connect(running.url("kz_operations_owner", owner, "kz_operations"))
    await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    await connection.close()
    assert running("down").returncode == 0
    assert running.record.phase is Phase.STOPPED
    assert running("status").returncode == 1
    running.up()
    connection = await asyncpg.connect(running.url("kz_operations_owner", owner, "kz_operations"))
    assert await connection.fetchval("SELECT answer FROM kept") == 42
    await connection.close()


def test_a_killed_launcher_leaves_a_stack_that_up_replaces(running: Program):
    before = running.record
    kill(before.supervisor)
    assert "cleaned up" in running.up()
    assert all(identity.process() is None for identity in before.processes.values())


def test_down_finds_what_a_killed_launcher_left_even_if_it_was_not_recorded(running: Program):
    record = running.record
    kill(record.supervisor)
    recorded = {name: identity for name, identity in record.processes.items() if name != "operations"}
    running.state.write(record.model_copy(update={"processes": recorded}))
    assert "stopped leftovers" in running("down").stdout
    assert all(identity.process() is None for identity in record.processes.values())


def test_a_taken_port_is_named_with_its_holder(tmp_path: Path):
    program = Program(tmp_path / "state", services="[]")
    with closing(socket.create_server((ports.LOOPBACK, 0))) as holder:
        port = str(holder.getsockname()[1])
        done = program("up", KAOZHENG_BROKER_PORT=port)
    assert done.returncode == 1
    assert port in done.stderr
    assert f"pid {os.getpid()}" in done.stderr
    assert "PORTS=free" in done.stderr
    assert not program.record.processes
