"""Codes by the thousand: ticket numbers, work codes and interview codes, none of which can be guessed from others."""

from shared import ids

_LENGTH = 12


def random_codes(count: int) -> list[str]:
    """Return so many codes out of one draw: asking the system for each takes longer than all the rest of it."""
    drawn = ids.random_code(_LENGTH * count)
    return [drawn[start : start + _LENGTH] for start in range(0, len(drawn), _LENGTH)]
