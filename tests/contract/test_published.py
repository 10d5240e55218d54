"""What is checked in is current, complete and valid."""

import pytest
from typer.testing import CliRunner

from kaozheng.contracts import gate
from kaozheng.contracts.__main__ import app
from kaozheng.contracts.store import Store
from shared.events.registry import EVENTS, decode, encode
from shared.standards.blueprint import Blueprint


def test_the_contracts_hold():
    assert gate.check(Store()) == []


def test_the_command_says_so():
    result = CliRunner().invoke(app, ["check"])
    assert result.exit_code == 0, result.output


def test_the_command_fails_with_the_place_when_files_are_missing(tmp_path):
    result = CliRunner().invoke(app, ["check", "--folder", str(tmp_path)])
    assert result.exit_code == 1
    assert "exam.seat_assigned.v1" in result.output


@pytest.mark.parametrize("event_type", EVENTS)
def test_golden_examples_survive_the_wire(event_type):
    event = EVENTS[event_type].model_validate(Store().examples()[event_type])
    assert decode(event_type, encode(event)) == event
    assert event.key


def test_the_example_plan_has_a_valid_blueprint():
    Blueprint.model_validate(Store().examples()["exam.plan_published.v1"]["blueprint"])
