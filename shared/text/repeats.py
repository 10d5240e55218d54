"""What stands twice among things that must differ."""

from collections.abc import Iterable

from shared.text.tidying import key_of


def repeated(texts: Iterable[str]) -> list[int]:
    """Return the places, counted from 0, of texts that name what an earlier one names."""
    seen: set[str] = set()
    found = []
    for place, key in enumerate(map(key_of, texts)):
        if key in seen:
            found.append(place)
        seen.add(key)
    return found
