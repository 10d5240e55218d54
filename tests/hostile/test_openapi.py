"""Whatever fits, or nearly fits, a service's OpenAPI document is answered as that document says, and never with 5xx."""

from typing import Any

import httpx
import pytest
import requests
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared import ids
from tests.hostile.rig import SCOPES, Live
from tests.hostile.seeds import OWN
from tests.worlds.operations import TELEMETRY

pytestmark = [pytest.mark.integration, pytest.mark.slow]

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
]
EXAMPLES = {GenerationMode.POSITIVE: 5, GenerationMode.NEGATIVE: 4}
QUICK = settings(
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
    print_blob=False,
)


def callers(live: Live) -> list[dict[str, str]]:
    """Return staff and a school, both with every scope, so that no request stops at the door."""
    found = [live.world.caller(*SCOPES), live.world.caller(*SCOPES, institution=OWN)]
    return [*found, TELEMETRY] if live.name == "operations" else found


def send(live: Live, case: Any, headers: dict[str, str]) -> httpx.Response:
    """Send a case to the application as it would go over the wire."""
    sent = requests.Request(**case.as_transport_kwargs(base_url=f"http://{live.name}", headers=headers)).prepare()
    return live.request(sent.method, sent.url, headers=dict(sent.headers), content=sent.body)


def exercise(live: Live, operation: Any, mode: GenerationMode) -> None:
    """Send what the document allows (or just does not), half of it about things that exist."""
    staff, *others = callers(live)

    @seed(20261122)
    @settings(QUICK, max_examples=EXAMPLES[mode])
    @given(operation.as_strategy(generation_mode=mode), st.booleans(), st.sampled_from([staff, staff, *others]))
    def check(case: Any, is_known: bool, caller: dict[str, str]) -> None:
        if is_known:
            for values in (case.path_parameters, case.query):
                values.update({name: live.known[name] for name in values or {} if name in live.known})
        headers = caller | ({"idempotency-key": ids.new_id().hex} if is_known else {})
        answer = send(live, case, headers)
        case.validate_response(answer, checks=CHECKS)
        if answer.status_code >= 400 and operation.path != "/oauth/token":
            assert answer.headers["content-type"] == "application/problem+json", case.as_curl_command()

    check()


@pytest.mark.parametrize("mode", list(EXAMPLES), ids=lambda mode: mode.value)
def test_answers_are_as_documented(live: Live, mode: GenerationMode, subtests: Any) -> None:
    schema = schemathesis.openapi.from_dict(live.document)
    for found in schema.get_all_operations():
        operation: Any = found.ok()  # type: ignore[union-attr]  # a document of ours has no faults
        with subtests.test(operation.label):
            takes_nothing = not operation.body and not list(operation.iter_parameters())
            if mode is GenerationMode.NEGATIVE and takes_nothing:
                continue
            exercise(live, operation, mode)
