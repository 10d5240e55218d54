"""Keeps a text as a file, in one step: who reads meanwhile finds the old file or the new one, never half of one."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import NamedTemporaryFile

from shared.standards.errors import FolderUnusable
from shared.standards.shelf import SUFFIXES

_LOCK = ".lock"
_READABLE_BY_ALL = 0o644


@contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Hold the folder, made if need be, so that only one saves at a time; raise `FolderUnusable` if that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno else str(error)
        raise FolderUnusable(reason_zh=f"{folder}（{reason}）。", reason_en=f"{folder} ({reason}).") from None


def files_of(folder: Path, stems: tuple[str, ...]) -> tuple[Path, ...]:
    """Return the files of these names that are there."""
    paths = (folder / f"{stem}{suffix}" for stem in stems for suffix in SUFFIXES)
    return tuple(path for path in paths if os.path.lexists(path))


def write(folder: Path, stem: str, text: str) -> Path:
    """Write a YAML file of that name and return its path. The caller holds the folder."""
    path = folder / f"{stem}.yaml"
    with NamedTemporaryFile("w", encoding="utf-8", dir=folder, prefix=".", suffix=".part", delete=False) as part:
        try:
            part.write(text)
            part.flush()
            os.fsync(part.fileno())
            os.fchmod(part.fileno(), _READABLE_BY_ALL)
            Path(part.name).replace(path)
        except BaseException:
            Path(part.name).unlink(missing_ok=True)
            raise
    return path
