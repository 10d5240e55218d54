"""The stack of all stories of a test process."""

from collections.abc import Iterator

import pytest

from tests.stories.support.shared import SharedStack, shared_stack


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedStack]:
    """All services, started once."""
    with shared_stack(tmp_path_factory.mktemp("stories")) as started:
        yield started
