"""The messaging layer is tested on the made-up service of the fault tests."""

from tests.faults.fixtures import *  # noqa: F403  # fixtures are found by name
