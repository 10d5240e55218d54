"""A wheel has everything that the code reads beside itself."""

import tomllib

from tests.architecture.tree import PACKAGES, ROOT


def test_no_kind_of_file_is_left_out_of_the_wheel():
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    packed = {pattern.removeprefix("*") for pattern in project["tool"]["setuptools"]["package-data"]["*"]}
    files = [path for package in PACKAGES for path in (ROOT / package).rglob("*.*") if path.is_file()]
    other = {path.name if path.name in packed else path.suffix for path in files if "__pycache__" not in path.parts}
    assert other - {".py", ".md"} == packed
