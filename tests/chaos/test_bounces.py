"""The active controller is known by what the nodes have written down."""

import json
from pathlib import Path

from tests.chaos.bounces import controller


def write(home: Path, node: int, leader: int, epoch: int) -> None:
    folder = home / f"kafka-{node}" / "data" / "__cluster_metadata-0"
    folder.mkdir(parents=True)
    (folder / "quorum-state").write_text(json.dumps({"leaderId": leader, "leaderEpoch": epoch}))


def test_the_newest_epoch_counts(tmp_path):
    write(tmp_path, 1, leader=1, epoch=4)  # this one has not heard of its fall
    write(tmp_path, 2, leader=3, epoch=5)
    assert controller(tmp_path) == "kafka-3"


def test_in_an_election_there_is_none(tmp_path):
    assert controller(tmp_path) is None
    write(tmp_path, 1, leader=1, epoch=4)
    write(tmp_path, 2, leader=-1, epoch=5)
    assert controller(tmp_path) is None
