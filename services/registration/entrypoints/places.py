"""Uploads hold a database connection while they stream: only so many at once, and none for ever."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

from shared.errors import ServiceError, Unavailable


class UploadsBusy(Unavailable):
    """Too many batches are being uploaded at this moment."""

    slug = "uploads-busy"
    zh = "正在上传的批次过多，请稍后用原来的 Idempotency-Key 重试。"
    en = "Too many batches are being uploaded now; retry later under the same Idempotency-Key."


class UploadTooSlow(ServiceError):
    """The upload did not end in time; nothing of it is kept."""

    slug = "upload-too-slow"
    status = 408
    zh = "上传未在 {seconds} 秒内完成，未保存任何内容；请重试或拆分文件。"
    en = "The upload did not end within {seconds} seconds and nothing of it is kept; retry, or split the file."


class UploadPlaces:
    """The places for uploads of one process."""

    def __init__(self, count: int, limit: timedelta) -> None:
        """Take how many may upload at once, and how long one may take."""
        self._free = asyncio.Semaphore(count)
        self._limit = limit

    @asynccontextmanager
    async def place(self) -> AsyncIterator[None]:
        """Hold a place while a batch streams in; raise `UploadsBusy` or `UploadTooSlow`."""
        if self._free.locked():
            raise UploadsBusy
        async with self._free:
            try:
                async with asyncio.timeout(self._limit.total_seconds()) as limit:
                    yield
            except TimeoutError as error:
                if not limit.expired():
                    raise
                raise UploadTooSlow(seconds=int(self._limit.total_seconds())) from error
