"""The active controller is known by what the nodes have written down."""

import json
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.chaos.bounces import controller
from tests.chaos.ground import Ground


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    return Ground(SimpleNamespace(state=SimpleNamespace(broker_home=tmp_path)), None, lambda _: None)


def write(home: Path, node: int, leader: int, epoch: int) -> None:
    folder = home / f"kafka-{node}" / "data" / "__cluster_metadata-0"
    folder.mkdir(parents=True)
    (folder / "quorum-state").write_text(json.dumps({"leaderId": leader, "leaderEpoch": epoch}))


def test_the_newest_epoch_counts(ground, tmp_path):
    write(tmp_path, 1, leader=1, epoch=4)  # this one has not heard of its fall
    write(tmp_path, 2, leader=3, epoch=5)
    assert controller(ground) == "kafka-3"


def test_in_an_election_there_is_none(ground, tmp_path):
    assert controller(ground) is None
    write(tmp_path, 1, leader=1, epoch=4)
    write(tmp_path, 2, leader=-1, epoch=5)
    assert controller(ground) is None
