"""What each service takes and gives today is of the form that its examples show."""

from pathlib import Path

import pytest

from tests.contract.openapi import document
from tests.examples import files
from tests.examples.forms import differences, form
from tests.examples.questions import VISITS
from tests.examples.recording import record
from tests.worlds.stack import TestPostgres

pytestmark = pytest.mark.integration


@pytest.mark.parametrize("service", VISITS)
async def test_the_examples_are_what_the_service_sends(postgres: TestPostgres, tmp_path: Path, service: str):
    found = (await record(postgres, service, tmp_path)).exchanges
    if changed := differences(form(files.read(service)), form(found)):
        pytest.fail("\n".join(["Run `make contracts`, and look at what has changed.", *changed]), pytrace=False)
    known = {
        operation["operationId"].removeprefix(f"{service}_")
        for operations in document(service)["paths"].values()
        for operation in operations.values()
    }
    assert found.keys() == known
