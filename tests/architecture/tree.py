"""The files that the architecture tests look at."""

from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
PACKAGES = ("kaozheng", "services", "shared")
SERVICES = ("registration", "exam", "grading", "certificate", "operations")


def python_files(*folders: str) -> list[Path]:
    """Return the Python files below the folders, without migrations, which are a record of the past."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.relative_to(ROOT).parts)


def relative(path: Path) -> str:
    """Return the path from the root of the project."""
    return str(path.relative_to(ROOT))
