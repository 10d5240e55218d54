"""Every story there is, on one stack."""

from operator import attrgetter

import pytest

from tests.stories.support.discovery import Story, chosen
from tests.stories.support.shared import SharedStack

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.slow,
    pytest.mark.timeout(300),
    # the supervisor is meant to outlive the handle that started it
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]


@pytest.mark.parametrize("story", chosen(), ids=attrgetter("name"))
async def test_story(shared: SharedStack, story: Story) -> None:
    async with shared.cast() as cast:
        await story.happens(cast)
