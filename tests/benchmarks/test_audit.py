"""The benchmark's judge sees what was lost, what came twice and what came out of order."""

from benchmarks.audit import Verdict, judge

EVENTS = [("a1", "a", 1), ("a2", "a", 2), ("b1", "b", 1), ("a3", "a", 3)]


def test_what_came_as_it_should_is_found_in_order():
    assert judge(EVENTS, EVENTS) == Verdict(lost=0, repeated=0, out_of_order=0)


def test_losses_are_counted():
    assert judge(EVENTS, EVENTS[1:]).lost == 1


def test_a_repeated_page_is_repeated_and_not_out_of_order():
    verdict = judge(EVENTS, [*EVENTS[:2], *EVENTS])
    assert (verdict.repeated, verdict.out_of_order, verdict.lost) == (2, 0, 0)


def test_an_event_after_a_later_one_of_its_key_is_out_of_order():
    assert judge(EVENTS, [EVENTS[1], EVENTS[0], *EVENTS[2:]]).out_of_order == 1


def test_events_of_other_keys_may_come_in_any_order():
    assert judge(EVENTS, [EVENTS[2], EVENTS[0], EVENTS[1], EVENTS[3]]).out_of_order == 0


def test_a_key_that_does_not_hold_its_newest_version_is_wrong():
    assert judge(EVENTS, EVENTS, {"a": 2, "b": 1}).wrong_states == 1
    assert judge(EVENTS, EVENTS, {"a": 3}).wrong_states == 1
    assert judge(EVENTS, EVENTS, {"a": 3, "b": 1}).wrong_states == 0
