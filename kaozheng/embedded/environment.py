"""The one place where the embedded stack looks at its own environment: to hand it, cleaned, to children."""

import os

PREFIX = "KAOZHENG_"


def inherited() -> dict[str, str]:
    """Return our environment without our own variables, so that a child gets exactly the settings we give it."""
    return {name: value for name, value in os.environ.items() if not name.startswith(PREFIX)}  # noqa: TID251 - see above


def minimal() -> dict[str, str]:
    """Return the little that a server needs which shall not see our environment."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def configured() -> dict[str, str]:
    """Return what the operator has set for our services."""
    return {name: value for name, value in os.environ.items() if name.startswith(PREFIX)}  # noqa: TID251 - see above


def adopt(values: dict[str, str]) -> None:
    """Make these the environment of this process, for a command that works inside a service."""
    os.environ.update(values)  # noqa: TID251 - see above
