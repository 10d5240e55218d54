"""Which of the two languages the caller reads best."""

from typing import Literal

Language = Literal["zh", "en"]


def preferred(header: str | None) -> Language:
    """Return the better of Chinese and English by `Accept-Language`; Chinese if neither is preferred."""
    weights = {"zh": 0.0, "en": 0.0}
    for part in (header or "*").split(","):
        tag, _, parameters = part.strip().partition(";")
        weight = _weight(parameters)
        primary = tag.strip().lower().split("-")[0]
        for language, known in weights.items():
            if primary == language:
                weights[language] = max(known, weight)
    return "en" if weights["en"] > weights["zh"] else "zh"


def _weight(parameters: str) -> float:
    name, _, value = parameters.strip().partition("=")
    if name.strip().lower() != "q":
        return 1.0
    try:
        return float(value)
    except ValueError:
        return 0.0
