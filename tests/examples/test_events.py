"""What the services write into their outboxes is of the form that the examples of events show."""

from pathlib import Path
from typing import Any

import pytest

from kaozheng.contracts.store import Store
from tests.examples.forms import differences, form
from tests.examples.questions import VISITS
from tests.examples.recording import record
from tests.worlds.stack import TestPostgres

pytestmark = pytest.mark.integration


def least(shown: Any, sent: list[Any]) -> list[str]:
    """Return in what an example differs from the event that is most like it."""
    return min((differences(form(shown), form(each)) for each in sent), key=len, default=[": never sent"])


@pytest.mark.parametrize("service", [name for name in VISITS if name != "operations"])
async def test_the_examples_are_what_the_service_sends(postgres: TestPostgres, tmp_path: Path, service: str):
    sent = (await record(postgres, service, tmp_path)).events
    shown = {name: each for name, each in Store().examples().items() if name.startswith(f"{service}.")}
    changed = [name + place for name, each in shown.items() for place in least(each, sent.get(name, []))]
    if changed:
        pytest.fail("\n".join(["Correct the examples of events.", *changed]), pytrace=False)
