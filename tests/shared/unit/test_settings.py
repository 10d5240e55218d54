import base64
import json
from pathlib import Path

import pytest
from pydantic import ValidationError
from pydantic_settings import SettingsConfigDict

from shared.clock import MovableClock, SystemClock
from shared.settings import PlatformSettings, ServiceSettings

KEY = base64.b64encode(b"k" * 32).decode()


class ExamSettings(ServiceSettings):
    model_config = SettingsConfigDict(env_prefix="KAOZHENG_EXAM_")


@pytest.fixture(autouse=True)
def _production_keys(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("KAOZHENG_ENVIRONMENT", "test")
    monkeypatch.setenv("KAOZHENG_EXAM_DATABASE_URL", "postgresql://exam:pw-canary@db/exam")
    monkeypatch.setenv("KAOZHENG_EXAM_PORT", "8102")


def test_platform_and_service_values_come_from_their_own_prefixes(monkeypatch):
    monkeypatch.setenv("KAOZHENG_KAFKA_BOOTSTRAP_SERVERS", "kafka:9092")
    monkeypatch.setenv("KAOZHENG_PORT", "1")
    monkeypatch.setenv("KAOZHENG_DATABASE_URL", "postgresql://wrong/wrong")
    settings = ExamSettings()
    assert settings.kafka_bootstrap_servers == "kafka:9092"
    assert settings.port == 8102
    assert settings.database_url == "postgresql://exam:pw-canary@db/exam"


def test_a_service_may_differ_from_the_platform(monkeypatch):
    monkeypatch.setenv("KAOZHENG_LOG_LEVEL", "INFO")
    monkeypatch.setenv("KAOZHENG_EXAM_LOG_LEVEL", "DEBUG")
    assert ExamSettings().log_level == "DEBUG"


def test_the_owner_url_is_the_database_url_unless_set(monkeypatch):
    assert ExamSettings().database_owner_url == ExamSettings().database_url
    monkeypatch.setenv("KAOZHENG_EXAM_DATABASE_OWNER_URL", "postgresql://owner@db/exam")
    assert ExamSettings().database_owner_url == "postgresql://owner@db/exam"


@pytest.mark.parametrize(("value", "folder"), [("own", Path("own")), ("", None)])
def test_the_folder_of_standards_is_none_unless_it_is_named(monkeypatch, value: str, folder: Path | None):
    assert ExamSettings().standards_dir is None
    monkeypatch.setenv("KAOZHENG_STANDARDS_DIR", value)
    assert ExamSettings().standards_dir == folder


def test_lists_and_maps_are_json(monkeypatch):
    monkeypatch.setenv("KAOZHENG_AUTH_ISSUERS", '[{"issuer": "a", "jwks": "keys.json", "audience": "kaozheng"}]')
    monkeypatch.setenv("KAOZHENG_SEALING_KEYS", f'{{"2026": "{KEY}"}}')
    monkeypatch.setenv("KAOZHENG_SEALING_ACTIVE", "2026")
    settings = ExamSettings()
    assert settings.auth_issuers[0].jwks == "keys.json"
    sealer = settings.sealer()
    assert sealer.open(sealer.seal(b"x", "c"), "c") == b"x"


def test_placeholder_keys_are_refused_in_production():
    with pytest.raises(ValidationError, match="placeholder"):
        PlatformSettings(environment="production")
    with pytest.raises(ValidationError, match="placeholder"):
        PlatformSettings(environment="production", sealing_keys={"a": KEY}, sealing_active="a")
    PlatformSettings(environment="production", sealing_keys={"a": KEY}, sealing_active="a", index_key=KEY)


def test_production_is_what_you_get_if_you_say_nothing(monkeypatch):
    monkeypatch.delenv("KAOZHENG_ENVIRONMENT")
    with pytest.raises(ValidationError, match="placeholder"):
        ExamSettings()


@pytest.mark.parametrize("key", ["short", base64.b64encode(b"short").decode(), "不是"])
def test_a_key_of_the_wrong_size_is_refused_without_being_shown(key):
    with pytest.raises(ValidationError) as caught:
        PlatformSettings(index_key=key)
    assert key not in str(caught.value)


def test_an_active_key_outside_the_ring_is_refused():
    with pytest.raises(ValidationError, match="sealing_active"):
        PlatformSettings(sealing_keys={"a": KEY}, sealing_active="b")


def test_settings_do_not_show_secrets():
    shown = repr(ExamSettings())
    assert "pw-canary" not in shown
    assert "cGxhY2Vob2xkZXI" not in shown


def test_production_refuses_a_clock_that_can_be_moved(monkeypatch, tmp_path):
    for name in ("SEALING_KEYS", "INDEX_KEY"):
        monkeypatch.setenv(f"KAOZHENG_{name}", json.dumps({"own": KEY}) if name == "SEALING_KEYS" else KEY)
    monkeypatch.setenv("KAOZHENG_SEALING_ACTIVE", "own")
    monkeypatch.setenv("KAOZHENG_CLOCK_FILE", str(tmp_path / "clock"))
    assert isinstance(ExamSettings().clock(), MovableClock)
    monkeypatch.setenv("KAOZHENG_ENVIRONMENT", "production")
    with pytest.raises(ValidationError, match="clock that can be moved is refused"):
        ExamSettings()
    monkeypatch.setenv("KAOZHENG_CLOCK_FILE", "")
    assert isinstance(ExamSettings().clock(), SystemClock)
