"""Locks that the kernel lets go of when their holder dies, however it dies."""

import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kaozheng.embedded.errors import EmbeddedError


class Busy(EmbeddedError):
    """Somebody else holds the lock."""

    def __init__(self, path: Path) -> None:
        """Name the lock."""
        super().__init__(
            f"另一个命令正在使用 {path.parent}，请稍后再试。\n"
            f"Another command is at work in {path.parent}. Try again soon."
        )


@contextmanager
def held(path: Path, *, seconds: float = 0) -> Iterator[None]:
    """Hold the lock; wait for it at most so long. Raises Busy."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        deadline = time.monotonic() + seconds
        while not _take(descriptor):
            if time.monotonic() >= deadline:
                raise Busy(path)
            time.sleep(0.1)
        yield
    finally:
        os.close(descriptor)


def is_held(path: Path) -> bool:
    """Say whether somebody holds the lock now."""
    try:
        descriptor = os.open(path, os.O_RDWR)
    except FileNotFoundError:
        return False
    try:
        return not _take(descriptor)
    finally:
        os.close(descriptor)


def _take(descriptor: int) -> bool:
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
