"""Fixtures of the fault tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
from tests.faults.stage import Stage
from tests.worlds.brokers import own_broker


@pytest.fixture
async def stage(dsn: str, tmp_path: Path) -> AsyncIterator[Stage]:
    """A broker of this test's own beside the database, and a place for processes."""
    own = own_broker(tmp_path)
    stage = Stage(dsn, own, own.start())
    yield stage
    stage.close()
