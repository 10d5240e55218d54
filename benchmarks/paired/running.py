"""One run of a commit: its driver as a process of its own, ended in an orderly way whatever happens."""

import json
import os
import signal
import subprocess
from pathlib import Path

import psutil

from benchmarks.paired import driver
from benchmarks.paired.commit import Commit, environment
from benchmarks.paired.comparison import Run

#: What a stack gets to stop itself after Ctrl-C.
_STOP_SECONDS = 120
#: How long the machine is watched before a run.
_WATCH_SECONDS = 2.0
_TOLD_LINES = 15


class RunFailed(Exception):
    """A driver ended without a result; the message is the end of what it wrote."""


def run(commit: Commit, side: str, candidates: int) -> Run:
    """Let so many candidates live on a commit's own stack; base and other have a state folder each."""
    folder = commit.folder / side
    folder.mkdir(parents=True, exist_ok=True)
    result, log = folder / "result.json", folder / "driver.log"
    result.unlink(missing_ok=True)
    os.sync()  # what the run before left to be written is not this one's work
    busy, load = psutil.cpu_percent(_WATCH_SECONDS) / 100, psutil.getloadavg()[0]
    command = [str(commit.python), "-P", driver.__file__, str(candidates), str(result)]
    # benchmarks and tests are not installed: they are found in the tree
    own = environment(PYTHONPATH=str(commit.tree), KAOZHENG_STATE_DIR=str(folder / "state"))
    with log.open("w") as output:
        # a session of its own: Ctrl-C reaches it once, from here, and not its servers behind its back
        process = subprocess.Popen(
            command, cwd=commit.tree, env=own, stdout=output, stderr=subprocess.STDOUT, start_new_session=True
        )
        try:
            process.wait()
        except BaseException:
            process.send_signal(signal.SIGINT)
            process.wait(_STOP_SECONDS)
            raise
    if process.returncode or not result.exists():
        raise RunFailed(f"{commit.sha[:12]} ({side}): {_end_of(log)}")
    return Run(**json.loads(result.read_text("utf-8")), load=load, busy=busy)


def _end_of(log: Path) -> str:
    return "\n".join(log.read_text("utf-8", errors="replace").splitlines()[-_TOLD_LINES:])
