"""BROKER=docker where no engine runs: what it would start, and what it says instead."""

import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from kaozheng.embedded import environment
from kaozheng.embedded.databases import SERVICES
from kaozheng.embedded.errors import EmbeddedError
from kaozheng.launcher.control import Control, NoContainers
from kaozheng.launcher.secrets import SecretStore
from kaozheng.launcher.settings import PROJECT, LauncherSettings
from tests.containers.engine import NoEngine, make_ready
from tests.containers.kafka import KafkaServer
from tests.containers.postgres import CLUSTER, PostgresServer
from tests.containers.servers import Servers
from tests.containers.settings import Images

COMPOSE = yaml.safe_load((PROJECT / "docker-compose.yml").read_text("utf-8"))["services"]
NOWHERE = {"DOCKER_HOST": "unix:///nonexistent/docker.sock"}


@pytest.fixture
def nowhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """There is no engine."""
    for name, value in NOWHERE.items():
        monkeypatch.setenv(name, value)


def program(*arguments: str, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run a module of ours with BROKER=docker and no engine."""
    values = environment.inherited() | NOWHERE | {"KAOZHENG_BROKER": "docker", "COLUMNS": "200"} | extra
    return subprocess.run(
        [sys.executable, "-m", *arguments], cwd=PROJECT, env=values, capture_output=True, text=True, check=False
    )


def test_the_images_are_those_of_the_compose_file(monkeypatch: pytest.MonkeyPatch):
    for name in ("KAOZHENG_KAFKA_IMAGE", "KAOZHENG_POSTGRES_IMAGE"):
        monkeypatch.delenv(name, raising=False)
    assert Images().kafka_image == COMPOSE["kafka"]["image"]
    assert Images().postgres_image == COMPOSE["postgres"]["image"]
    assert COMPOSE["postgres"]["environment"]["POSTGRES_INITDB_ARGS"] == CLUSTER


def test_a_mirrors_images_are_taken_instead(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAOZHENG_KAFKA_IMAGE", "mirror.example/kafka:1")
    monkeypatch.setenv("KAOZHENG_POSTGRES_IMAGE", "mirror.example/postgres:1")
    assert (Images().kafka_image, Images().postgres_image) == ("mirror.example/kafka:1", "mirror.example/postgres:1")


def test_without_an_engine_it_says_what_to_do(nowhere: None):
    with pytest.raises(NoEngine, match=r"(?s)请启动 Docker.*start Docker.*BROKER=apache"):
        make_ready()


@pytest.mark.parametrize("arguments", [("pytest", "-q", "tests/conformance"), ("tests.containers", "true")])
def test_a_program_says_so_without_a_trace(arguments: tuple[str, ...]):
    done = program(*arguments)
    assert done.returncode
    assert "start Docker" in done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    assert len((done.stdout + done.stderr).strip().splitlines()) == len(str(NoEngine()).splitlines())


def test_the_launcher_starts_no_containers(tmp_path: Path):
    settings = LauncherSettings(broker="docker", state_dir=tmp_path / "state")
    with pytest.raises(NoContainers, match="make up BROKER=docker"):
        Control(settings, lambda _: None).up(free_ports=True)
    assert issubclass(NoContainers, EmbeddedError)  # a message, not a trace


def test_a_stack_on_containers_has_no_servers_of_its_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    servers = Servers(KafkaServer(tmp_path / "log"), PostgresServer("secret"), SecretStore(tmp_path).load())
    for name, value in servers.environment.items():
        monkeypatch.setenv(name, value)
    settings = LauncherSettings(broker="docker")
    assert settings.has_own_servers
    assert settings.components() == SERVICES
