"""Which account PostgreSQL runs as, and what that account can reach."""

import os
import pwd
import stat
from dataclasses import dataclass
from pathlib import Path

from kaozheng.embedded.errors import FolderNotOurs, NoUnprivilegedAccount

_CANDIDATES = ("nobody", "daemon")
_READ_AND_RUN = stat.S_IROTH | stat.S_IXOTH


@dataclass(frozen=True)
class Account:
    """A user and a group that a program is started as; `None` instead of it means: as we are."""

    uid: int
    gid: int

    def reaches(self, program: Path) -> bool:
        """Say whether others may pass every folder above the program, read it and run it."""
        real = program.resolve()
        passable = all(folder.stat().st_mode & stat.S_IXOTH for folder in real.parents)
        return passable and real.stat().st_mode & _READ_AND_RUN == _READ_AND_RUN

    def own(self, folder: Path) -> None:
        """Make the folder if need be and give it to this account alone."""
        folder.mkdir(mode=0o700, exist_ok=True)
        os.chown(folder, self.uid, self.gid)


def unprivileged_account() -> Account | None:
    """Return the account for a program that refuses to run as root, or None if we are not root."""
    if os.geteuid() != 0:
        return None
    for name in _CANDIDATES:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise NoUnprivilegedAccount


def make_own_folder(folder: Path, *, mode: int) -> None:
    """Make a folder that belongs to us, in a place where others may write too."""
    for place in reversed(folder.parents):
        if not place.exists():
            make_own_folder(place, mode=0o755)  # whatever the umask, others may pass
    folder.mkdir(mode=mode, exist_ok=True)
    if folder.is_symlink() or folder.stat().st_uid != os.geteuid():
        raise FolderNotOurs(folder)
    folder.chmod(mode)
