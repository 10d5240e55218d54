"""Every story there is, on one stack."""

from collections.abc import Iterator
from operator import attrgetter

import pytest

from tests.stories.support.discovery import Story, chosen
from tests.stories.support.shared import SharedStack, shared_stack

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    # the supervisor is meant to outlive the handle that started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedStack]:
    """All services, started once."""
    with shared_stack(tmp_path_factory.mktemp("stories")) as started:
        yield started


@pytest.mark.parametrize("story", chosen(), ids=attrgetter("name"))
async def test_story(shared: SharedStack, story: Story) -> None:
    async with shared.cast() as cast:
        await story.happens(cast)
