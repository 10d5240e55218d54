"""What shows how far something is: a progress bar, or nothing."""

from typing import Protocol

from rich.progress import Progress


class Bar(Protocol):
    """Hears how far something is."""

    def advance(self, by: int = 1) -> None:
        """Move on."""

    def reach(self, done: int, total: int | None = None) -> None:
        """Show an absolute position."""


class NoBar:
    """Shows nothing."""

    def advance(self, by: int = 1) -> None:
        """Do nothing."""

    def reach(self, done: int, total: int | None = None) -> None:
        """Do nothing."""


#: For whom nobody watches.
NO_BAR = NoBar()


class ProgressBar:
    """A line on the screen."""

    def __init__(self, progress: Progress, title: str, total: int) -> None:
        self._progress = progress
        self._task = progress.add_task(title, total=total or None)

    def advance(self, by: int = 1) -> None:
        """Move on."""
        self._progress.advance(self._task, by)

    def reach(self, done: int, total: int | None = None) -> None:
        """Show an absolute position."""
        self._progress.update(self._task, completed=done, total=total)
