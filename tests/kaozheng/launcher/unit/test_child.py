"""A child that crashes again and again is started ever more rarely; ports and binaries are found."""

import os
import stat
from pathlib import Path

import psutil
import pytest

from kaozheng.embedded import ports
from kaozheng.embedded.account import unprivileged_account
from kaozheng.embedded.binaries import postgres_binaries
from kaozheng.launcher import choice
from kaozheng.launcher.child import Child


def test_pauses_grow_to_half_a_minute():
    now = 0.0
    child = Child("exam", spawn=lambda: psutil.Popen(["/bin/false"]), ready=lambda: False, seconds=lambda: now)
    pauses = []
    for _ in range(7):
        child.start().wait()
        assert child.has_ended()
        pauses.append(child.note_crash())
        now += pauses[-1] - 0.5
        assert not child.is_due()
        now += 0.5
        assert child.is_due()
    assert pauses == [1, 2, 4, 8, 16, 30, 30]
    assert child.restarts == 7


def test_free_ports_are_all_different_and_free():
    wanted = dict.fromkeys(("a", "b", "c", "d", "e"), 1)
    found = choice.free(wanted)
    assert len(set(found.values())) == 5
    assert all(ports.is_free(port) for port in found.values())
    assert choice.configured(found) == found
    assert max(found.values()) < 32_768  # an outgoing connection could have a higher one by the time we listen


@pytest.mark.skipif(os.geteuid() != 0, reason="an ordinary user runs the wheel's programs where they are")
def test_programs_that_the_account_cannot_reach_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    account = unprivileged_account()
    assert account is not None
    monkeypatch.setattr(type(account), "reaches", lambda self, program: False)
    copied = postgres_binaries(tmp_path, account)
    assert copied.is_relative_to(tmp_path)
    assert (copied / "postgres").stat().st_mode & stat.S_IXOTH
    assert postgres_binaries(tmp_path, account) == copied
