"""The time of what is recorded comes from the one clock, in Python as in SQL (ADR 15)."""

import re

import pytest

from tests.architecture.tree import ROOT, relative

#: What SQL calls the machine's time; `clock.now()` and `def now(` are Python's.
MACHINE = re.compile(
    r"(?<![\w.])now\(\)|clock_timestamp|statement_timestamp|transaction_timestamp|CURRENT_TIMESTAMP|LOCALTIMESTAMP"
)
#: Where the machine's time is right: how long processes wait for each other, and what is cleared away after so long.
BY_THE_MACHINE = {
    "shared/database/clock.py": "what the one clock is ahead of",
    "shared/database/messaging_tables.py": "events and inbox rows are cleared away after so many true days",
    "shared/outbox/cursor.py": "so are those that a new log is given again",
    "shared/outbox/partitions.py": "so are those that the inbox remembers",
    "services/registration/adapters/batches.py": "leases are between processes",
    "services/operations/migrations/versions/0001_create_operations.py": "spans tell what the machine did",
}


def offences(text: str) -> list[str]:
    """Return the lines of code that ask for the machine's time."""
    code = (line for line in text.splitlines() if not line.lstrip().startswith(("#", "def ")))
    return [line.strip() for line in code if MACHINE.search(line)]


def test_only_named_files_ask_for_the_machines_time():
    files = [path for folder in ("shared", "services") for path in (ROOT / folder).rglob("*.py")]
    found = {relative(path): lines for path in files if (lines := offences(path.read_text("utf-8")))}
    assert found.keys() == BY_THE_MACHINE.keys(), found


@pytest.mark.parametrize(
    "line", ["at timestamptz DEFAULT now()", "SELECT clock_timestamp()", "SET at = CURRENT_TIMESTAMP"]
)
def test_an_offence_is_seen(line: str):
    assert offences(line)


@pytest.mark.parametrize(
    "line", ["now = clock.now()", "def now(self):", "at timestamptz DEFAULT clock_now()", "# now()"]
)
def test_what_is_right_is_not(line: str):
    assert not offences(line)
