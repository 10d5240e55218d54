"""Fixtures of the fault tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from kaozheng.embedded import ports
from kaozheng.embedded.broker import EmbeddedBroker
from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
from tests.faults.stage import Stage


@pytest.fixture
async def stage(dsn: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A broker of this test's own beside the database, and a place for processes."""
    embedded = EmbeddedBroker(home=tmp_path, port=ports.free_port(), log=tmp_path / "broker.log")
    stage = Stage(dsn, embedded, embedded.start())
    yield stage
    stage.close()
