"""Lists inside sentences: majors, posts, employers, organisations and categories parted by 、 and commas."""

_APART = "、，,；;。"
_OPEN = "（(【[《〈“"
_CLOSE = "）)】]》〉”"
_AND = "以及"


def items(text: str) -> tuple[str, ...]:
    """Return the items of a list in a sentence; marks inside brackets part nothing."""
    found, current, depth = [], "", 0
    for character in text.replace(_AND, "、"):
        depth += (character in _OPEN) - (character in _CLOSE)
        depth = max(depth, 0)
        if character in _APART and depth == 0:
            found.append(current)
            current = ""
        else:
            current += character
    if depth:  # a bracket that nobody closes must not swallow the rest of the list
        return tuple(filter(None, map(str.strip, _flat(text))))
    return tuple(filter(None, map(str.strip, [*found, current])))


def distinct(titles: list[str]) -> tuple[str, ...]:
    """Return titles in order, each once."""
    return tuple(dict.fromkeys(titles))


def _flat(text: str) -> list[str]:
    for mark in _APART[1:]:
        text = text.replace(mark, _APART[0])
    return text.replace(_AND, _APART[0]).split(_APART[0])
