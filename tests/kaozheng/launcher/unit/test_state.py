"""What the launcher writes down survives kills, and never leads to the wrong process."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import psutil
import pytest

from kaozheng.embedded.account import make_own_folder
from kaozheng.embedded.errors import FolderNotOurs
from kaozheng.launcher import locks
from kaozheng.launcher.identity import Identity
from kaozheng.launcher.secrets import SecretStore
from kaozheng.launcher.state import Phase, Record, State


@pytest.fixture
def state(tmp_path: Path) -> State:
    state = State(tmp_path / "state")
    state.prepare()
    return state


def test_a_pid_that_was_given_to_another_process_is_not_ours():
    me = Identity.of(psutil.Process())
    assert me.process() is not None
    assert Identity(pid=me.pid, created=me.created - 60).process() is None


def test_a_process_that_ended_is_gone():
    with subprocess.Popen([sys.executable, "-c", "pass"]) as ended:
        identity = Identity.of(psutil.Process(ended.pid))
    assert identity.process() is None


def test_a_torn_record_reads_as_nothing_running(state: State):
    (state.folder / "stack.json").write_text('{"phase": "runn')
    assert state.read() == Record()


def test_a_record_is_read_as_it_was_written(state: State):
    record = Record(phase=Phase.RUNNING, ports={"exam": 1}, processes={"exam": Identity(pid=1, created=2.0)})
    state.write(record)
    assert state.read() == record


def test_secrets_are_made_once_and_for_us_alone(state: State):
    store = SecretStore(state.secrets)
    assert store.load() == SecretStore(state.secrets).load()
    assert store.key("staff").private_bytes_raw() == SecretStore(state.secrets).key("staff").private_bytes_raw()
    store.jwks_file("staff")
    modes = {stat.S_IMODE(path.stat().st_mode) for path in state.secrets.iterdir()}
    assert modes == {0o600}
    assert stat.S_IMODE(state.folder.stat().st_mode) == 0o700


def test_a_lock_is_held_by_one_only_and_let_go_by_the_dead(tmp_path: Path):
    path = tmp_path / "lock"
    with locks.held(path):
        assert locks.is_held(path)
        with pytest.raises(locks.Busy), locks.held(path):
            pass
    assert not locks.is_held(path)
    code = (
        f"import os; from kaozheng.launcher import locks; c = locks.held(__import__('pathlib').Path({str(path)!r})); "
    )
    subprocess.run([sys.executable, "-c", code + "c.__enter__(); os.kill(os.getpid(), 9)"], check=False)
    assert not locks.is_held(path)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can make a folder that belongs to somebody else")
def test_a_folder_that_belongs_to_somebody_else_is_refused(tmp_path: Path):
    folder = tmp_path / "theirs"
    folder.mkdir()
    os.chown(folder, 65534, 65534)
    with pytest.raises(FolderNotOurs):
        make_own_folder(folder, mode=0o700)
