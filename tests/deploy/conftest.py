"""Fixtures of the deployment tests."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tests.architecture.tree import ROOT


@pytest.fixture(scope="session")
def secrets(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Secrets made by the script; skips where there is no openssl."""
    if shutil.which("openssl") is None:
        pytest.skip("openssl is not installed")
    folder = tmp_path_factory.mktemp("compose") / "secrets"
    subprocess.run(
        ["sh", str(ROOT / "deploy" / "compose" / "secrets.sh"), str(folder)], check=True, capture_output=True
    )
    return folder
