"""Who knows one service finds his way in every other."""

import pytest

from tests.architecture.tree import PACKAGES, ROOT, SERVICES, python_files, relative

EVERY_SERVICE = {
    "README.md",
    "alembic.ini",
    "migrations/env.py",
    "migrations/script.py.mako",
    "__init__.py",
    "main.py",
    "bootstrap.py",
    "settings.py",
    "domain/__init__.py",
    "application/__init__.py",
    "application/ports.py",
    "application/queries.py",
    "adapters/__init__.py",
    "adapters/tables.py",
    "adapters/unit_of_work.py",
    "entrypoints/__init__.py",
    "entrypoints/api.py",
    "entrypoints/deps.py",
    "entrypoints/schemas.py",
}
#: What a service has that speaks with others by events.
SPEAKING = {
    "application/publications.py",
    "application/records.py",
    "entrypoints/subscriptions.py",
}
SPEAKING_SERVICES = ("registration", "exam", "grading", "certificate")
TOP_LEVEL = {"main.py", "bootstrap.py", "settings.py", "__init__.py"}
BANNED = {"utils", "util", "helpers", "helper", "common", "misc", "base", "manager", "tools", "stuff"}


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_the_files_that_every_service_has(service: str):
    folder = ROOT / "services" / service
    missing = {name for name in EVERY_SERVICE if not (folder / name).is_file()}
    assert missing == set()


@pytest.mark.parametrize("service", SPEAKING_SERVICES)
def test_a_service_that_speaks_by_events_has_the_files_for_it(service: str):
    folder = ROOT / "services" / service
    missing = {name for name in SPEAKING if not (folder / name).is_file()}
    assert missing == set()


@pytest.mark.parametrize("service", SERVICES)
def test_a_service_has_no_other_file_at_its_top(service: str):
    folder = ROOT / "services" / service
    assert {path.name for path in folder.glob("*.py")} == TOP_LEVEL


def test_no_file_has_a_name_that_says_nothing():
    assert [relative(path) for path in python_files(*PACKAGES, "tests") if path.stem in BANNED] == []


def test_no_file_is_an_empty_shell():
    empty = [path for path in python_files(*PACKAGES) if not path.read_text("utf-8").strip()]
    assert [relative(path) for path in empty if path.parent.name != "services"] == []


@pytest.mark.parametrize("folder", ["services/" + service for service in SERVICES] + ["shared", "."])
def test_there_is_a_readme(folder: str):
    assert (ROOT / folder / "README.md").read_text("utf-8").startswith("# ")
