"""Fixtures only; nothing is ever imported from here."""

from collections.abc import Iterator

import pytest

from tests.hostile.rig import Live, Rig
from tests.worlds.services import SERVICES
from tests.worlds.stack import TestPostgres


@pytest.fixture(scope="session")
def rig(postgres: TestPostgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rig]:
    """The services, each started when a test first asks for it."""
    made = Rig(postgres, tmp_path_factory.mktemp("hostile"))
    yield made
    made.stop()


@pytest.fixture(params=SERVICES)
def live(rig: Rig, request: pytest.FixtureRequest) -> Live:
    """Each of the five services."""
    return rig[request.param]
