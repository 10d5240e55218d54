"""A folder of data files that is read again whenever a file changes, so that a running service sees new ones."""

import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Generic, TypeVar

from shared.errors import Invalid
from shared.standards.faults import Finding
from shared.standards.located import Refusal, refusal
from shared.standards.text import MOST_BYTES

Content = TypeVar("Content")
SUFFIXES = (".yaml", ".yml", ".json")
#: Modification time, size and inode: the last changes when a file is replaced within one tick of the clock.
Stamp = tuple[int, int, int]
_NO_STAMP: Stamp = (0, 0, 0)


@dataclass(frozen=True, slots=True)
class Stored(Generic[Content]):
    """A file as it was when it was read: what it holds, or why that is nothing of use."""

    path: Path
    stamp: Stamp
    content: Content | Invalid


class Shelf(Generic[Content]):
    """The data files of one folder. Hidden files are left alone; a link counts as the file that it leads to."""

    def __init__(
        self, folder: Path, parse: Callable[[bytes, Path], Content], identity: Callable[[Content], str], error: Refusal
    ) -> None:
        """Take the folder, which need not exist; what reads a file; by what no two may be the same; how to refuse."""
        self._folder = folder
        self._parse = parse
        self._identity = identity
        self._error = error
        self._known: dict[Path, Stored[Content]] = {}

    def files(self) -> tuple[Stored[Content], ...]:
        """Return all files, sorted by name; only those that have changed are read again.

        If two hold the same thing, neither counts: nobody can know which is meant.
        """
        try:
            paths = sorted(self._folder.iterdir())
        except FileNotFoundError:
            paths = []
        except OSError as error:
            return (Stored(self._folder, _NO_STAMP, self._unreadable(self._folder, error)),)
        known = self._known
        current = {path: self._stored(path, stamp, known.get(path)) for path, stamp in _stamped(paths)}
        self._known = current
        return tuple(self._without_twins(current))

    def _without_twins(self, current: dict[Path, Stored[Content]]) -> Iterator[Stored[Content]]:
        names: dict[str, list[str]] = {}
        for path, stored in current.items():
            if not isinstance(stored.content, Invalid):
                names.setdefault(self._identity(stored.content), []).append(path.name)
        for path, stored in current.items():
            twins = [] if isinstance(stored.content, Invalid) else names[self._identity(stored.content)]
            if len(twins) > 1:
                yield replace(stored, content=self._twin(path.name, twins))
            else:
                yield stored

    def _twin(self, name: str, twins: list[str]) -> Invalid:
        others = ", ".join(twin for twin in twins if twin != name)
        zh, en = f"与 {others} 是同一版本，请只留一个。", f"It is the same version as {others}; keep one of them."
        finding = Finding("twin", zh, en)
        return refusal(name, [finding.of_file()], self._error)

    def _stored(self, path: Path, stamp: Stamp, known: Stored[Content] | None) -> Stored[Content]:
        if known is not None and known.stamp == stamp != _NO_STAMP:
            return known
        try:
            with path.open("rb") as file:
                content = file.read(MOST_BYTES + 1)
            return Stored(path, stamp, self._parse(content, path))
        except Invalid as invalid:
            return Stored(path, stamp, invalid.with_traceback(None))
        except OSError as error:
            return Stored(path, _NO_STAMP, self._unreadable(path, error))

    def _unreadable(self, path: Path, error: OSError) -> Invalid:
        reason = os.strerror(error.errno) if error.errno else str(error)
        finding = Finding("unreadable", f"无法读取（{reason}）。", f"It cannot be read ({reason}).")
        return refusal(path.name, [finding.of_file()], self._error)


def _stamped(paths: list[Path]) -> Iterator[tuple[Path, Stamp]]:
    for path in paths:
        if path.suffix.lower() not in SUFFIXES or path.name.startswith("."):
            continue
        try:
            found = path.stat()
        except OSError:
            if path.is_symlink():  # leads nowhere; a file that has just been removed is no fault
                yield path, _NO_STAMP
            continue
        if stat.S_ISREG(found.st_mode):
            yield path, (found.st_mtime_ns, found.st_size, found.st_ino)
