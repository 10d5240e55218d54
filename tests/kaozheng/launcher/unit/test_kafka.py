"""Apache Kafka without Docker: which Java is taken, where the jars come from, what nodes are told."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kaozheng.embedded.kafka.artefacts import NoArtefacts, kafka_jars
from kaozheng.embedded.kafka.java import NoJava, find_java
from kaozheng.embedded.kafka.node import KafkaNode, NodePorts
from kaozheng.launcher.settings import LauncherSettings


@pytest.fixture(autouse=True)
def forgotten():
    find_java.cache_clear()
    yield
    find_java.cache_clear()


@pytest.fixture
def program(tmp_path: Path) -> Callable[[str, str], Path]:
    def write(place: str, script: str) -> Path:
        path = tmp_path / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
        return path

    return write


def java(version: str) -> str:
    return f"echo 'openjdk version \"{version}\" 2025-04-15' >&2"


def test_java_home_comes_before_the_path(program, monkeypatch):
    named, found = program("home/bin/java", java("21.0.2")), program("path/java", java("17.0.15"))
    monkeypatch.setenv("PATH", str(found.parent))
    assert find_java() == found
    find_java.cache_clear()
    monkeypatch.setenv("JAVA_HOME", str(named.parent.parent))
    assert find_java() == named


@pytest.mark.parametrize("version", ["11.0.22", "1.8.0_402"])
def test_a_java_that_is_too_old_is_passed_over(program, monkeypatch, version):
    monkeypatch.setenv("JAVA_HOME", str(program("home/bin/java", java(version)).parent.parent))
    monkeypatch.setenv("PATH", str(program("path/java", "exit 1").parent))
    with pytest.raises(NoJava, match="JAVA_HOME"):
        find_java()


def test_without_maven_it_says_what_is_needed(tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(NoArtefacts, match="Maven"):
        kafka_jars(tmp_path / "jars")


def test_a_failed_fetch_leaves_nothing_that_passes_for_jars(program, tmp_path, monkeypatch):
    failing = program("path/mvn", "echo no repository; exit 1")
    monkeypatch.setenv("PATH", f"{failing.parent}:/usr/bin:/bin")
    for _ in range(2):
        with pytest.raises(NoArtefacts, match="no repository"):
            kafka_jars(tmp_path / "jars")


def test_jars_are_fetched_once(program, tmp_path, monkeypatch):
    script = 'for word in "$@"; do case "$word" in -DoutputDirectory=*) to="${word#*=}";; esac; done\n'
    once = program("path/mvn", f'{script}mkdir -p "$to"; : > "$to/kafka_2.13-4.jar"; echo x >> {tmp_path}/runs')
    monkeypatch.setenv("PATH", f"{once.parent}:/usr/bin:/bin")
    assert kafka_jars(tmp_path / "jars") == kafka_jars(tmp_path / "jars")
    assert (tmp_path / "runs").read_text() == "x\n"


def test_two_may_fetch_at_once(program, tmp_path, monkeypatch):
    script = 'for word in "$@"; do case "$word" in -DoutputDirectory=*) to="${word#*=}";; esac; done\n'
    slow = program("path/mvn", f'{script}mkdir -p "$to"; : > "$to/kafka_2.13-4.jar"; sleep 0.2')
    monkeypatch.setenv("PATH", f"{slow.parent}:/usr/bin:/bin")
    with ThreadPoolExecutor() as pool:
        folders = set(pool.map(lambda _: kafka_jars(tmp_path / "jars"), range(4)))
    assert [*(tmp_path / "jars").iterdir()] == [*folders]
    assert [file.name for file in folders.pop().iterdir()] == ["kafka_2.13-4.jar"]


@pytest.mark.parametrize(("nodes", "copies", "in_sync"), [(1, 1, 1), (2, 2, 1), (3, 3, 2), (5, 3, 2)])
def test_a_write_needs_a_majority_of_its_copies(tmp_path, nodes, copies, in_sync):
    places = [NodePorts(number=n, client=9000 + n, controller=9100 + n) for n in range(1, nodes + 1)]
    node = KafkaNode(home=tmp_path, jars_home=tmp_path, number=1, nodes=places, log=tmp_path / "log")
    told = node._properties()
    assert (told["default.replication.factor"], told["min.insync.replicas"]) == (copies, in_sync)
    assert str(told["controller.quorum.voters"]).count("@") == nodes
    assert node.bootstrap_servers.split(",")[0] == "127.0.0.1:9001"


def test_components_and_ports_follow_the_settings():
    settings = LauncherSettings(broker="apache", brokers=3, separate_workers=True, kafka_bootstrap_servers=None)
    wanted = settings.wanted_ports()
    assert settings.broker_nodes == ("kafka-1", "kafka-2", "kafka-3")
    assert {*settings.broker_nodes, "exam-worker", "kafka-3-controller"} <= wanted.keys()
    assert len(set(wanted.values())) == len(wanted)
    assert LauncherSettings(kafka_bootstrap_servers="kafka:9092").broker_nodes == ()


def test_a_node_is_found_where_it_says_and_listens_where_it_is_told(tmp_path):
    proxied = NodePorts(number=1, client=9001, controller=9101, advertised_client=7001, advertised_controller=7101)
    node = KafkaNode(home=tmp_path, jars_home=tmp_path, number=1, nodes=[proxied], log=tmp_path / "log")
    told = node._properties()
    assert told["listeners"] == "PLAINTEXT://127.0.0.1:9001,CONTROLLER://127.0.0.1:9101"
    assert told["advertised.listeners"] == "PLAINTEXT://127.0.0.1:7001,CONTROLLER://127.0.0.1:7101"
    assert told["controller.quorum.voters"] == "1@127.0.0.1:7101"
    assert node.bootstrap_servers == "127.0.0.1:7001"
