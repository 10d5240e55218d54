"""Containers around a command: it finds its servers, its status is kept, nothing is left. Only with BROKER=docker."""

import subprocess
import sys

import pytest

from kaozheng.embedded import environment
from kaozheng.embedded.ports import answers
from kaozheng.launcher.settings import PROJECT
from tests.worlds.brokers import DOCKER

pytestmark = [
    pytest.mark.integration,
    pytest.mark.slow,
    pytest.mark.skipif(not DOCKER, reason="需要 Docker 引擎 needs a Docker engine: make test BROKER=docker"),
]

COMMAND = """
import asyncio, sys
import asyncpg
from kaozheng.launcher.settings import LauncherSettings

settings = LauncherSettings()

async def ask():
    connection = await asyncpg.connect(settings.exam_database_url)
    try:
        return await connection.fetchval("SELECT current_user")
    finally:
        await connection.close()

print(asyncio.run(ask()), settings.kafka_bootstrap_servers)
sys.exit(7)
"""


def test_a_command_has_servers_as_long_as_it_runs():
    done = subprocess.run(
        [sys.executable, "-m", "tests.containers", sys.executable, "-c", COMMAND],
        cwd=PROJECT,
        env=environment.inherited() | environment.configured(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 7, done.stderr
    role, address = done.stdout.split()
    assert role == "kz_exam_app"
    assert not answers(int(address.rpartition(":")[2]))
