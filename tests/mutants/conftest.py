"""The mutants run on the same made-up service as the fault tests."""

from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
