"""How the demo's markers and examiners judge: repeatably, near the worth of what they see, now and then far off."""

import hashlib
import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Self

#: How often a judge errs widely.
LAPSES = 0.04


@dataclass(frozen=True, slots=True)
class Scale:
    """A criterion with all that can be given for it, from nothing to full points, as a judge's form offers it."""

    code: str
    choices: Sequence[str]

    @classmethod
    def of(cls, criterion: dict[str, Any]) -> Self:
        """Return the scale of a criterion as grading tells it."""
        if criterion["step"] is None:
            return cls(criterion["code"], [band["up_to"] for band in criterion["bands"]])
        step, points = Decimal(criterion["step"]), Decimal(criterion["points"])
        return cls(criterion["code"], [str(min(step * count, points)) for count in range(math.ceil(points / step) + 1)])


def scales(criteria: Iterable[dict[str, Any]]) -> list[Scale]:
    """Return the scales of a component."""
    return [Scale.of(criterion) for criterion in criteria]


def draws(count: int, *words: object) -> Sequence[float]:
    """Return repeatable numbers from 0 to 1."""
    digest = hashlib.shake_128("/".join(map(str, words)).encode()).digest(4 * count)
    return [number / 2**32 for number in struct.unpack(f">{count}I", digest)]


def worth(seed: int, code: str) -> float:
    """Return how good a work or interview is: most pass, about an eighth fails."""
    return 0.52 + 0.44 * math.pow(draws(1, seed, code, "ability")[0], 0.7)


def scores(seed: int, code: str, judge: str, form: Sequence[Scale]) -> dict[str, str]:
    """Return one judge's scores: near the worth; now and then a judge errs widely, so that some pairs disagree."""
    lapse, *notions = draws(1 + len(form), seed, code, judge)
    base = worth(seed, code) - 0.03 - (0.25 if lapse < LAPSES else 0.0)
    return {
        scale.code: scale.choices[round(min(max(base + 0.06 * notion, 0.0), 1.0) * (len(scale.choices) - 1))]
        for scale, notion in zip(form, notions, strict=True)
    }
