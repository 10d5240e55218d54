"""The program as a process: bytes, pipes, signals, and how fast it starts."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from shared.standards import BUILT_IN
from tests.kaozheng.commands.samples import FIXTURES, ROOT

PROGRAM = str(Path(sys.executable).with_name("kaozheng"))
#: What must not be loaded before a command needs it.
HEAVY = {"pdfplumber", "docx", "lxml", "yaml", "shared.standards", "kaozheng.importing"}


def surroundings(state: Path) -> dict[str, str]:
    """Return an environment whose locale knows ASCII only."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("KAOZHENG_")}  # noqa: TID251
    return inherited | {"KAOZHENG_STATE_DIR": str(state), "PYTHONIOENCODING": "ascii", "LC_ALL": "C"}


def run(state: Path, *arguments: str, shell: bool = False) -> subprocess.CompletedProcess[bytes]:
    command = ["bash", "-c", arguments[0], PROGRAM] if shell else [PROGRAM, *arguments]
    return subprocess.run(command, cwd=ROOT, env=surroundings(state), capture_output=True, check=False)


@pytest.mark.parametrize("form", ["json", "yaml"])
def test_an_export_is_utf8_whatever_the_locale(tmp_path, form):
    done = run(tmp_path, "standards", "export", "xb2b", "--format", form)
    assert (done.returncode, done.stderr) == (0, b"")
    assert yaml.safe_load(done.stdout.decode("utf-8"))["title"] == BUILT_IN.standard("xb2b").title


def test_an_import_is_kept_and_seen(tmp_path):
    file = str(FIXTURES / "campus-cafe.txt")
    done = run(tmp_path, "standards", "import", file, "--code", "cafe", "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    told = json.loads(done.stdout)
    assert Path(told["saved"]).is_relative_to(tmp_path / "standards")
    shown = run(tmp_path, "standards", "export", "cafe")
    assert json.loads(shown.stdout) == told["standard"]


def test_a_closed_pipe_is_no_failure_to_look_at(tmp_path):
    done = run(tmp_path, '"$0" standards show xb2b | head -1; "$0" standards export xb2b | head -c 1', shell=True)
    assert done.returncode == 0
    assert done.stderr == b""


def test_a_refusal_is_told_in_both_languages_without_a_traceback(tmp_path):
    done = run(tmp_path, "standards", "show", "nothing")
    assert (done.returncode, done.stdout) == (1, b"")
    assert b"Traceback" not in done.stderr
    assert b"There is no skill standard or edition 'nothing'" in done.stderr
    assert len(done.stderr.splitlines()) == 2


def test_an_interrupt_ends_the_program_quietly(tmp_path):
    pipe = tmp_path / "endless.yaml"
    os.mkfifo(pipe)
    command = [PROGRAM, "standards", "blueprint", "--check", str(pipe)]
    process = subprocess.Popen(
        command,
        env=surroundings(tmp_path),
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509 # ignored where we run behind `&`
    )
    with process, pipe.open("wb"):  # which opens as soon as the program reads
        process.send_signal(signal.SIGINT)
        _, errors = process.communicate()
    assert process.returncode == 130
    assert b"Traceback" not in errors


def test_the_program_loads_nothing_heavy_before_it_knows_the_command(tmp_path):
    code = f"import sys, kaozheng.cli; print(*({HEAVY!r} & set(sys.modules)))"
    command = [sys.executable, "-c", code]
    done = subprocess.run(command, cwd=ROOT, env=surroundings(tmp_path), capture_output=True, check=True)
    assert done.stdout.split() == []
