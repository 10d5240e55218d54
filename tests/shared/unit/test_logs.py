import io
import json
import logging

import pytest
import structlog
from opentelemetry.sdk.trace import TracerProvider

from shared.ids import new_id
from shared.telemetry import logs


@pytest.fixture
def written(monkeypatch):
    """What the process writes to standard output, line by line, with the logging of the test run put back after."""
    root, names = logging.getLogger(), ("uvicorn", "uvicorn.access", "aiokafka", "sqlalchemy", "asyncio")
    before = root.handlers, root.level
    libraries = {name: (logging.getLogger(name).handlers, logging.getLogger(name).level) for name in names}
    output = io.StringIO()
    monkeypatch.setattr("sys.stdout", output)
    logs.configure("exam", "INFO")
    yield lambda: [json.loads(line) for line in output.getvalue().splitlines()]
    structlog.reset_defaults()
    root.handlers, root.level = before
    for name, (handlers, level) in libraries.items():
        logging.getLogger(name).handlers, logging.getLogger(name).level = handlers, level


def test_a_line_is_json_with_service_and_time(written):
    structlog.get_logger("x").info("exam.plan.published", plan_id=new_id(), count=3)
    (line,) = written()
    assert line["event"] == "exam.plan.published"
    assert (line["service"], line["level"], line["count"]) == ("exam", "info", 3)
    assert line["timestamp"].endswith("Z")
    assert len(line["plan_id"]) == 36


def test_a_line_inside_a_span_carries_its_ids(written):
    with TracerProvider(shutdown_on_exit=False).get_tracer("x").start_as_current_span("x") as span:
        structlog.get_logger("x").info("seen")
    assert written()[0]["trace_id"] == f"{span.get_span_context().trace_id:032x}"


def test_private_fields_are_withheld(written):
    structlog.get_logger("x").info("seen", phone="canary", rows=[{"name": "canary"}], anything=object(), error_count=2)
    assert "canary" not in json.dumps(written())
    assert written()[0]["error_count"] == 2
    assert written()[0]["anything"] == "<object>"


@pytest.mark.parametrize("bound", [True, False])
def test_an_exception_is_told_by_type_and_place_not_by_message(written, bound):
    try:
        try:
            int("canary-inner")
        except ValueError as error:
            raise RuntimeError("canary-outer") from error
    except RuntimeError as error:
        if bound:
            structlog.get_logger("x").error("failed", exc_info=error)
        else:
            logging.getLogger("uvicorn.error").exception("failed")
    assert "canary" not in json.dumps(written())
    (line,) = written()
    assert line["error"]["type"] == "builtins.RuntimeError"
    assert line["error"]["causes"] == ["ValueError"]
    assert "test_logs.py" in line["error"]["at"][0]


def test_libraries_speak_through_the_same_chain_and_say_less(written):
    logging.getLogger("aiokafka.consumer").warning("group %s", "g1")
    logging.getLogger("aiokafka.consumer").info("chatter")
    logging.getLogger("asyncio").error("never retrieved\nfuture: <Task exception=ValueError('canary')>")
    logging.getLogger("uvicorn.access").info("GET /c/N1?t=canary")
    lines = written()
    assert [line["event"] for line in lines] == ["group g1", "never retrieved"]
