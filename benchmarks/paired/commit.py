"""A commit laid out to be run: its own tree, and packages installed by its own Makefile from its own pins."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.contest import Tell
from kaozheng.launcher.settings import PROJECT

#: What must not reach another tree: our settings, our interpreter's, and what make tells its children.
_OURS = ("KAOZHENG_", "PYTHON", "VIRTUAL_ENV", "MAKE", "MFLAGS")


class NotReady(Exception):
    """A commit is not known, or could not be installed; the message says why."""


@dataclass(frozen=True)
class Commit:
    """Which commit, and the folder that is kept for it: the packages stay, the tree goes when all is done."""

    sha: str
    subject: str
    folder: Path

    @property
    def tree(self) -> Path:
        """Its files."""
        return self.folder / "tree"

    @property
    def python(self) -> Path:
        """Its interpreter, with its packages."""
        return self.folder / "venv" / "bin" / "python"


def find(name: str, cache: Path) -> Commit:
    """Return the commit of a name such as `HEAD`."""
    sha, _, subject = _git("log", "-1", "--format=%H %s", "--end-of-options", name, "--").strip().partition(" ")
    return Commit(sha, subject, cache / sha[:12])


@contextmanager
def laid_out(commit: Commit, tell: Tell) -> Iterator[None]:
    """Check the commit out and install what it needs, unless that is there; take the tree away in the end."""
    shutil.rmtree(commit.tree, ignore_errors=True)
    _git("worktree", "prune")
    try:
        _git("worktree", "add", "--detach", "--force", str(commit.tree), commit.sha)
        _install(commit, tell)
        yield
    finally:
        shutil.rmtree(commit.tree, ignore_errors=True)
        _git("worktree", "prune")


def environment(**values: str) -> Mapping[str, str]:
    """Return an environment without anything of ours, and with these values."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}  # noqa: TID251  # a child's environment
    return inherited | values


def _install(commit: Commit, tell: Tell) -> None:
    done = commit.folder / "installed"
    if done.exists():
        return
    tell(f"{commit.sha[:12]}: 安装 installing (once)")
    shutil.rmtree(commit.folder / "venv", ignore_errors=True)
    log = commit.folder / "install.log"
    command = ["make", "setup-dev", f"VENV={commit.folder / 'venv'}", f"PYTHON={sys.executable}"]
    with log.open("w") as output:
        made = subprocess.run(
            command, cwd=commit.tree, env=environment(), stdout=output, stderr=subprocess.STDOUT, check=False
        )
    if made.returncode:
        raise NotReady(f"{commit.sha[:12]}: 安装失败 not installed, see {log}")
    done.touch()


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=PROJECT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise NotReady(done.stderr.strip())
    return done.stdout
