"""What is in the repository works anywhere: no paths of one machine, no addresses of package indexes."""

import re
import subprocess

import pytest

from tests.architecture.tree import ROOT

SIGNS = {
    "a path of one machine": re.compile(r"(?<![\w.~-])/(?:home|Users|root|work|tmp)/[\w.]"),
    "a package index": re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host|pypi\.org|files\.pythonhosted"),
    "a private key": re.compile(r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----"),
}
TEXT = {
    ".py",
    ".toml",
    ".txt",
    ".in",
    ".md",
    ".yaml",
    ".yml",
    ".json",
    ".ini",
    ".mako",
    ".csv",
    ".cfg",
    ".sh",
    ".typ",
    "",
}


def tracked_texts() -> list[str]:
    """Return the text files that are, or would be, in the repository."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip("not a git checkout")
    names = done.stdout.splitlines()
    return [name for name in names if (ROOT / name).suffix in TEXT and (ROOT / name).is_file()]


@pytest.mark.parametrize("sign", SIGNS)
def test_no_tracked_file_has(sign: str):
    pattern = SIGNS[sign]
    found = [
        f"{name}:{number}: {line.strip()[:100]}"
        for name in tracked_texts()
        if not name.endswith("test_tracked_files.py")
        for number, line in enumerate((ROOT / name).read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]
    assert found == []
