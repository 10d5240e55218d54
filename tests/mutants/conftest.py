"""The mutants run on the same made-up service as the fault tests."""

from tests.faults.fixtures import dsn, engine, work  # noqa: F401  # fixtures are found by name
