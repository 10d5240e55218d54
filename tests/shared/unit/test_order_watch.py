"""The order watch sees versions that fall, and nothing else."""

from types import SimpleNamespace
from typing import Any

from shared.inbox.order import OrderWatch


def event(key: str, version: int, topic: str = "exam.sittings") -> Any:
    return SimpleNamespace(place=(topic, key), envelope=SimpleNamespace(version=version))


def test_rising_versions_are_fine_even_with_gaps_and_across_batches():
    watch = OrderWatch("grading")
    assert watch.note([event("a", 1), event("b", 4), event("a", 3)]) == 0
    assert watch.note([event("a", 4), event("b", 5)]) == 0


def test_a_falling_version_is_counted_when_it_comes_in_a_later_batch():
    watch = OrderWatch("grading")
    watch.note([event("a", 2)])
    assert watch.note([event("a", 1)]) == 1


def test_topics_are_told_apart_when_they_share_a_key():
    watch = OrderWatch("grading")
    assert watch.note([event("a", 2), event("a", 1, topic="grading.results")]) == 0
