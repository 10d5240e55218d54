"""The compose file is complete, locked down, and says only what the services understand."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT, SERVICES
from tests.deploy.sources import PREFIX, compose

#: Kafka's start script writes its configuration into its program folder.
WRITES_TO_ITS_IMAGE = {"kafka"}
FILE = compose()
CONTAINERS = FILE["services"]
LONG_RUNNING = sorted(name for name in CONTAINERS if not name.endswith("-migrate"))


def env_files(name: str) -> list[str]:
    """Return the names of a container's secret files."""
    return [path.rsplit("/", 1)[1] for path in CONTAINERS[name].get("env_file", [])]


def test_every_part_is_there():
    migrations = {f"{service}-migrate" for service in SERVICES}
    assert set(CONTAINERS) == {"postgres", "kafka", *SERVICES, *migrations}


@pytest.mark.parametrize("name", CONTAINERS)
def test_a_container_is_locked_down(name: str):
    container = CONTAINERS[name]
    assert container["read_only"] is (name not in WRITES_TO_ITS_IMAGE)
    assert container["cap_drop"] == ["ALL"]
    assert container["security_opt"] == ["no-new-privileges:true"]
    assert container["logging"]["options"].keys() == {"max-size", "max-file"}
    assert container["deploy"]["resources"]["limits"].keys() == {"cpus", "memory", "pids"}
    assert not {"privileged", "container_name", "network_mode"} & container.keys()


@pytest.mark.parametrize("name", LONG_RUNNING)
def test_a_container_that_stays_is_watched(name: str):
    container = CONTAINERS[name]
    assert container["healthcheck"]["retries"]
    assert container["restart"] == "unless-stopped"
    assert container["stop_grace_period"] == "45s"


@pytest.mark.parametrize("name", CONTAINERS)
def test_an_image_has_a_version(name: str):
    assert re.fullmatch(r"[a-z/]+:\d+(\.\d+)+", CONTAINERS[name]["image"])


@pytest.mark.parametrize("name", CONTAINERS)
def test_ports_are_for_this_host_only(name: str):
    assert all(port.startswith("127.0.0.1:") for port in CONTAINERS[name].get("ports", []))


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_waits_for_what_it_needs(service: str):
    assert CONTAINERS[service]["depends_on"] == {
        "kafka": {"condition": "service_healthy"},
        f"{service}-migrate": {"condition": "service_completed_successfully"},
    }
    assert CONTAINERS[f"{service}-migrate"]["depends_on"] == {"postgres": {"condition": "service_healthy"}}


@pytest.mark.parametrize("service", SERVICES)
def test_the_image_the_port_and_the_probe_agree(service: str):
    container, migration = CONTAINERS[service], CONTAINERS[f"{service}-migrate"]
    port = container["environment"][f"{PREFIX}{service.upper()}_PORT"]
    assert container["build"]["args"] == {"SERVICE": service, "PORT": port}
    assert container["ports"] == [f"127.0.0.1:{port}:{port}"]
    assert container["image"] == migration["image"]


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_gets_its_own_secrets_only(service: str):
    assert env_files(service) == ["platform.env", f"{service}.env"]
    assert env_files(f"{service}-migrate") == ["platform.env", f"{service}.env", f"{service}-owner.env"]
    assert set(CONTAINERS[service].get("secrets", [])) <= {f"{service}_key"}


def test_only_services_and_the_broker_can_be_reached_from_the_host():
    assert FILE["networks"]["inside"]["internal"] is True
    assert CONTAINERS["postgres"]["networks"] == ["inside"]
    assert "ports" not in CONTAINERS["postgres"]


def test_compose_itself_accepts_the_file(secrets: Path):
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True, check=False).returncode:
        pytest.skip("docker compose is not installed: only the file is checked")
    command = ["env", f"SECRETS_DIR={secrets}", docker, "compose", "--file", "docker-compose.yml", "config", "--quiet"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
