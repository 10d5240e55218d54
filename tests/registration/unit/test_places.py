"""Slow or many uploads cannot take all database connections."""

import asyncio
from contextlib import AsyncExitStack
from datetime import timedelta

import pytest

from services.registration.entrypoints.places import UploadPlaces, UploadsBusy, UploadTooSlow


async def test_one_more_than_there_are_places_is_sent_away_and_may_come_back():
    places = UploadPlaces(2, timedelta(minutes=1))
    async with AsyncExitStack() as held:
        for _ in range(2):
            await held.enter_async_context(places.place())
        with pytest.raises(UploadsBusy):
            async with places.place():
                pytest.fail("there was no place")
    async with places.place():
        pass


async def test_an_upload_that_never_ends_loses_its_place():
    places = UploadPlaces(1, timedelta(milliseconds=20))
    with pytest.raises(UploadTooSlow):
        async with places.place():
            await asyncio.Event().wait()
    async with places.place():
        pass
