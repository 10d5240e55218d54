"""The messaging layer is tested on the made-up service of the fault tests."""

from tests.faults.fixtures import dsn, engine, work  # noqa: F401  # fixtures are found by name
