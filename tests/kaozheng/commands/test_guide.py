"""docs/standards.md: its commands run as printed, and it explains everything that an import can say."""

import ast
import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

from kaozheng.importing import findings
from services.exam.entrypoints.schemas import BlueprintChoiceRequest, PlanRequest, SessionRequest
from tests.kaozheng.commands.samples import ROOT, invoke

GUIDE = (ROOT / "docs" / "standards.md").read_text("utf-8")
CODE = re.compile(r"[a-z]+(?:-[a-z0-9]+)*")
#: A row of the tables of section 8: `code` | Chinese | English.
ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (.+) \| (.+) \|$", re.MULTILINE)
_A_REASON = 3


def shell_blocks() -> list[str]:
    """Return what the page tells people to type; calls of the API need a running stack."""
    return [block for block in re.findall(r"```sh\n(.*?)```", GUIDE, re.DOTALL) if "curl" not in block]


def explained() -> set[str]:
    """Return the codes that section 8 explains."""
    section = GUIDE[GUIDE.index("## 8.") : GUIDE.index("## 9.")]
    return {found[1] for found in ROW.finditer(section)}


def reasons_in(path: Path) -> set[str]:
    """Return the codes of a file: in calls of `doubt`, in triples of code, Chinese and English, in `Missing`."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Tuple) and len(node.elts) == _A_REASON:
            found.add(code_of(node.elts[0]) if is_chinese(node.elts[1]) else None)
        if isinstance(node, ast.Call):
            named = {keyword.arg: keyword.value for keyword in node.keywords}
            found |= {code_of(argument) for argument in node.args[1:2] if called(node) == "doubt"}
            found.add(code_of(named.get("code")) if called(node) == "Missing" else None)
    return {code for code in found if code}


def called(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def code_of(node: ast.AST | None) -> str | None:
    text = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    return text if CODE.fullmatch(text) else None


def is_chinese(node: ast.AST) -> bool:
    """Tell whether a node is a Chinese text, or a name that stands for one."""
    return isinstance(node, ast.Name) or bool(re.search(r"[\u4e00-\u9fff]", ast.unparse(node)))


def used() -> set[str]:
    """Return all codes of doubts and missing things in the importer."""
    files = (ROOT / "kaozheng" / "importing").rglob("*.py")
    found: set[str] = set().union(*(reasons_in(path) for path in files))
    kinds = {kind for kind, _, _ in findings._SECTIONS}  # triples too: of each is told whether it is missing
    return (found - kinds) | {f"{kind}-missing" for kind in kinds}


def test_every_doubt_of_the_importer_is_explained():
    assert used() - explained() == set()


def test_nothing_is_explained_that_does_not_exist():
    assert explained() - used() == set()


def type_in(line: str, state: Path) -> None:
    """Do what a line of the page says; the program's own lines in this process, which is much faster."""
    words, _, target = line.partition(" > ")
    if not words.startswith("kaozheng "):
        subprocess.run(["bash", "-e", "-u", "-c", line], check=True)
        return
    result = invoke(state, *shlex.split(words)[1:])
    assert result.exit_code == 0, (line, result.output, result.exception)
    if target:
        Path(target).write_text(result.stdout, "utf-8")


def test_the_plan_of_the_page_has_the_fields_of_the_api():
    plan = json.loads(re.search(r"-d '(\{.*?\})'", GUIDE, re.DOTALL)[1])
    assert set(plan) <= set(PlanRequest.model_fields)
    assert set(plan["blueprint"]) == set(BlueprintChoiceRequest.model_fields)
    assert set(plan["sessions"][0]) == set(SessionRequest.model_fields)


def test_the_commands_work_as_printed(tmp_path, monkeypatch):
    (tmp_path / ".venv").symlink_to(Path(sys.executable).parent.parent)
    (tmp_path / "tests").symlink_to(ROOT / "tests")
    monkeypatch.chdir(tmp_path)
    for line in "".join(shell_blocks()).splitlines():
        type_in(line, tmp_path / ".kaozheng")
    assert (tmp_path / ".kaozheng" / "standards" / "standards" / "campus-cafe@2021.yaml").is_file()
    for page in ("report.html", "campus-cafe.html", "campus-cafe.json"):
        assert (tmp_path / page).stat().st_size
