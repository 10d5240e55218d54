"""What the launcher tells the services that it starts."""

from pathlib import Path

import pytest

from kaozheng.embedded.databases import SERVICES
from kaozheng.launcher.environment import Environments
from kaozheng.launcher.settings import LauncherSettings
from kaozheng.launcher.state import State


@pytest.fixture
def environments(tmp_path: Path) -> Environments:
    state = State(tmp_path / "state")
    state.prepare()
    settings = LauncherSettings(state_dir=state.folder)
    return Environments(state, settings, settings.wanted_ports())


def test_services_find_the_operators_standards_in_the_state_folder(environments: Environments, tmp_path: Path):
    folder = Path(environments.of("exam")["KAOZHENG_STANDARDS_DIR"])
    assert folder == (tmp_path / "state" / "standards").resolve()
    assert folder.is_dir()


def test_a_folder_of_the_operators_own_wins(environments: Environments, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAOZHENG_STANDARDS_DIR", "elsewhere")
    assert environments.of("exam")["KAOZHENG_STANDARDS_DIR"] == "elsewhere"


def test_services_are_told_the_advertised_ports(tmp_path: Path):
    state = State(tmp_path / "state")
    state.prepare()
    settings = LauncherSettings(
        state_dir=state.folder,
        broker="apache",
        kafka_bootstrap_servers=None,
        advertised_ports={"postgres": 7, "kafka-1": 9},
    )
    told = Environments(state, settings, settings.wanted_ports()).of("exam")
    assert told["KAOZHENG_EXAM_DATABASE_URL"].endswith("@127.0.0.1:7/kz_exam")
    assert told["KAOZHENG_KAFKA_BOOTSTRAP_SERVERS"] == "127.0.0.1:9"
    assert told["KAOZHENG_EXAM_PORT"] == str(settings.exam_port)


def test_all_services_live_by_the_stacks_clock_but_in_production(environments: Environments, tmp_path: Path):
    assert {environments.of(name)["KAOZHENG_CLOCK_FILE"] for name in SERVICES} == {
        str((tmp_path / "state" / "clock").resolve())
    }
    settings = LauncherSettings(state_dir=tmp_path / "state", environment="production")
    told = Environments(State(tmp_path / "state"), settings, settings.wanted_ports()).of("exam")
    assert "KAOZHENG_CLOCK_FILE" not in told
    assert told["KAOZHENG_ENVIRONMENT"] == "production"
