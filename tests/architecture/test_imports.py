"""The import contracts of pyproject.toml hold, and each of them catches what it is there for."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.tree import PACKAGES, ROOT

#: Contract, new file, its content: each must break its contract.
PLANTED = [
    ("Services never import each other", "services/exam/adapters/planted.py", "import services.grading.domain"),
    ("Shared never imports a service", "shared/web/planted.py", "import services.exam.domain"),
    ("The program depends on no service", "kaozheng/demo/planted.py", "import services.exam.domain"),
    ("Inside a service, imports point inward", "services/exam/application/planted.py", "import services.exam.adapters"),
    ("Domain is plain Python", "services/exam/domain/planted.py", "import sqlmodel"),
    ("Domain is plain Python", "services/grading/domain/planted.py", "import shared.events"),
    ("Application knows ports, not drivers", "services/exam/application/planted_driver.py", "import asyncpg"),
    ("Application does not know", "services/exam/application/planted_outbox.py", "import shared.outbox.writer"),
    ("Only the messaging layer knows", "shared/outbox/planted.py", "import aiokafka"),
    ("Shared is layered", "shared/events/planted.py", "import shared.messaging"),
    ("The program is layered", "kaozheng/embedded/planted.py", "import kaozheng.launcher"),
    ("The embedded servers know nothing", "kaozheng/embedded/planted_shared.py", "import shared.ids"),
]
VERDICT = re.compile(r"^(.+) (KEPT|BROKEN)(?: \(.+\))?$", re.MULTILINE)


def lint(folder: Path) -> str:
    """Run import-linter on the packages of a folder and return what it says."""
    program = Path(sys.executable).with_name("lint-imports")
    environment = os.environ | {"PYTHONPATH": str(folder), "COLUMNS": "400"}  # noqa: TID251 - a child's environment
    return subprocess.run(
        [program, "--no-cache", "--config", folder / "pyproject.toml"],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    ).stdout


@pytest.fixture(scope="module")
def planted_report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """What import-linter says about a copy of the project in which every contract is violated."""
    folder = tmp_path_factory.mktemp("planted")
    for package in PACKAGES:
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", folder)
    for _, path, content in PLANTED:
        (folder / path).write_text(f'"""Planted."""\n\n{content}\n')
    return lint(folder)


def test_every_contract_is_kept():
    report = lint(ROOT)
    verdicts = dict(VERDICT.findall(report))
    assert len(verdicts) >= 10, report
    assert [name for name, verdict in verdicts.items() if verdict == "BROKEN"] == [], report


@pytest.mark.parametrize(("contract", "path", "content"), PLANTED)
def test_a_planted_violation_breaks_its_contract(planted_report: str, contract: str, path: str, content: str):
    broken = [name for name, verdict in VERDICT.findall(planted_report) if verdict == "BROKEN"]
    assert any(name.startswith(contract) for name in broken), planted_report
    assert path.removesuffix(".py").replace("/", ".") in planted_report, content


def test_a_stray_module_breaks_the_layers(tmp_path: Path):
    for package in PACKAGES:
        shutil.copytree(ROOT / package, tmp_path / package, ignore=shutil.ignore_patterns("__pycache__", "*.json"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "shared" / "extras.py").write_text('"""Planted."""\n')
    assert "shared.extras" in lint(tmp_path)
