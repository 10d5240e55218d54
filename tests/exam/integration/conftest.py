"""The exam service on a fresh database."""

import pytest


@pytest.fixture
async def world(make_world):
    return await make_world("exam")
