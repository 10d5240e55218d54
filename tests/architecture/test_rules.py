"""A rule of a service stands in `domain/<rule>.py`, and all that is tested of it in `tests/<service>/rules/`."""

import pytest

from tests.architecture.tree import ROOT, SERVICES

#: Modules of a domain that hold no rule, and why.
NO_RULES = {"__init__": "the package", "errors": "how rules say no; each is tested with the rule that says it"}


def rules(service: str) -> set[str]:
    return {path.stem for path in (ROOT / "services" / service / "domain").glob("*.py")} - NO_RULES.keys()


def with_tests(service: str) -> set[str]:
    """Return what `test_<rule>` stands for: a file, or a folder where one file would be too long."""
    return {path.stem.removeprefix("test_") for path in (ROOT / "tests" / service / "rules").glob("test_*")}


@pytest.mark.parametrize("service", SERVICES)
def test_every_rule_has_a_test_of_its_name(service: str):
    assert rules(service) - with_tests(service) == set()


@pytest.mark.parametrize("service", SERVICES)
def test_every_test_of_a_rule_names_one(service: str):
    assert with_tests(service) - rules(service) == set()
