"""The secrets of the single-host stack: random, private, made once, and what the services accept."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from shared.clock import SystemClock
from shared.settings import TrustedIssuer
from shared.web.auth import Authenticator
from tests.architecture.tree import ROOT, SERVICES
from tests.deploy.sources import PREFIX, compose, known_names, read_env, settings_of

SECRETS = ROOT / "deploy" / "compose" / "secrets.sh"
TOKEN = ROOT / "deploy" / "compose" / "token.sh"
CONTAINERS = compose()["services"]
#: `${NAME:-default}` as compose reads it when NAME is not set.
DEFAULT = re.compile(r"\$\{\w+:-(.*)\}")


@pytest.mark.parametrize("service", SERVICES)
def test_the_settings_accept_what_compose_gives(service: str, secrets: Path, monkeypatch: pytest.MonkeyPatch):
    """With the secrets of the script, in production, without one name that means nothing."""
    for name in (service, f"{service}-migrate"):
        given = {key: DEFAULT.sub(r"\1", value) for key, value in CONTAINERS[name]["environment"].items()}
        for path in CONTAINERS[name]["env_file"]:
            given |= read_env(secrets / Path(path).name)
        assert set(given) <= known_names(service)
        for key, value in given.items():
            monkeypatch.setenv(key, value)
        settings = settings_of(service)()
        assert settings.environment == "production"
        assert f"kz_{service}_app" in settings.database_url
        settings.sealer()
    assert f"kz_{service}_owner" in settings.database_owner_url


def test_the_server_makes_the_roles_that_the_services_use(secrets: Path):
    server = read_env(secrets / "postgres.env")
    for service in SERVICES:
        app, owner = server[f"{service.upper()}_APP_PASSWORD"], server[f"{service.upper()}_OWNER_PASSWORD"]
        assert f":{app}@" in (secrets / f"{service}.env").read_text()
        assert f":{owner}@" in (secrets / f"{service}-owner.env").read_text()
    assert len(set(server.values())) == len(server) == 11


def test_nobody_else_can_read_the_secrets(secrets: Path):
    assert secrets.stat().st_mode & 0o777 == 0o700
    open_files = {path.name for path in secrets.iterdir() if path.stat().st_mode & 0o077}
    assert open_files == {"registration-key.pem", "certificate-key.pem", "staff-jwks.json"}


def test_secrets_are_never_overwritten(secrets: Path):
    before = {path.name: path.read_bytes() for path in secrets.iterdir()}
    done = subprocess.run(["sh", str(SECRETS), str(secrets)], capture_output=True, check=False)
    assert done.returncode == 1
    assert {path.name: path.read_bytes() for path in secrets.iterdir()} == before


def test_secrets_stay_out_of_git_and_out_of_images():
    assert "secrets/" in (SECRETS.parent / ".gitignore").read_text().splitlines()
    assert (ROOT / ".dockerignore").read_text().splitlines()[1] == "*"


@pytest.fixture
def token(secrets: Path) -> str:
    """A staff token made by the script."""
    command = ["sh", str(TOKEN), "anna", "plans:write plans:read", str(secrets)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()


async def test_a_staff_token_of_the_script_is_believed(secrets: Path, token: str):
    issuers = json.loads(CONTAINERS["exam"]["environment"][f"{PREFIX}AUTH_ISSUERS"])
    staff = TrustedIssuer.model_validate(issuers[0] | {"jwks": str(secrets / "staff-jwks.json")})
    caller = await Authenticator([staff], SystemClock()).authenticate(token)
    assert (caller.subject, caller.scopes) == ("anna", frozenset({"plans:write", "plans:read"}))
