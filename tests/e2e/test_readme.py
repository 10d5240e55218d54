"""The README's five steps work as pasted."""

import os
import re
import subprocess
from pathlib import Path

import pytest

from kaozheng.embedded.ports import free_port
from kaozheng.launcher.settings import PROJECT, LauncherSettings
from tests.worlds.brokers import DOCKER

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


def five_steps() -> str:
    """Return the shell block under the heading for schools."""
    text = (PROJECT / "README.md").read_text(encoding="utf-8")
    found = re.search(r"Try it as a school would\n\n```sh\n(.*?)```", text, re.DOTALL)
    assert found
    return found[1]


def test_the_five_steps_of_a_school_work_as_pasted(tmp_path: Path) -> None:
    # in containers `make up` would stay in the foreground: the five steps are for the other two
    broker = "embedded" if DOCKER else LauncherSettings().broker
    names = LauncherSettings(broker=broker).components()
    own = {f"KAOZHENG_{name.upper()}_PORT": str(free_port()) for name in names} | {"KAOZHENG_BROKER": broker}
    # nor may `make test BROKER=docker` hand its own words on to the `make` of the five steps
    own |= {"KAOZHENG_STATE_DIR": str(tmp_path), "NO_PROXY": "*", "MAKEFLAGS": ""}
    environment = dict(os.environ) | own  # noqa: TID251

    def run(*command: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False)

    try:
        done = run("bash", "-e", "-u", "-c", five_steps())
    finally:
        assert run("make", "down").returncode == 0
    assert done.returncode == 0, done.stderr[-2000:]
    assert '"accepted":27' in done.stdout.replace(" ", ""), done.stdout[-3000:]
    assert "impossible_date" in done.stdout
    assert '"next_cursor"' in done.stdout
    assert '"status":"submitted"' in done.stdout.replace(" ", "")
