"""How much work something is, counted instead of timed: the same on every machine."""

import sys
from collections.abc import Callable


def calls_of(doing: Callable[[], object]) -> int:
    """Return how many functions are called, those written in C too, until it is done."""
    count = 0

    def seen(_frame: object, event: str, _argument: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(seen)
    try:
        doing()
    finally:
        sys.setprofile(None)
    return count
