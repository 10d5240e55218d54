"""The items of a bulk request, checked against the criteria before anything is read or locked.

What passes through by the thousand is a named tuple: made three times as fast as a frozen dataclass.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import NamedTuple

from services.grading.application.commands import GivenScores
from services.grading.application.errors import refusal, score_pointer
from services.grading.application.records import HeldMark, Revision
from services.grading.domain.scoring import Rubric
from shared.errors import FieldError


class Checked(NamedTuple):
    """An item whose points can stand, its place in the request, and the score they make."""

    at: int
    given: GivenScores
    score: Decimal

    def as_revision(self, held: HeldMark) -> Revision:
        """Return the next revision of the mark that is held."""
        given = self.given
        return Revision(given.code, held.place, held.revision + 1, given.scores, self.score, given.comment)


def check_given(rubric: Rubric, items: Sequence[GivenScores]) -> tuple[list[Checked], list[FieldError | None]]:
    """Return the items that can stand, and an answer for every item: its first fault, or nothing so far."""
    checked: list[Checked] = []
    answers: list[FieldError | None] = []
    seen: set[str] = set()
    for index, item in enumerate(items):
        scored = rubric.score(item.scores)
        if item.code in seen:
            answers.append(refusal(f"/items/{index}", "given-twice"))
        elif scored.score is None:
            fault = scored.faults[0]
            answers.append(refusal(score_pointer(index, fault.criterion), fault.fault.value))
        else:
            answers.append(None)
            checked.append(Checked(index, item, scored.score))
        seen.add(item.code)
    return checked, answers


def is_unchanged(item: Checked, held: HeldMark, subject: str) -> bool:
    """Say whether it repeats the current revision: a request sent twice adds nothing."""
    return (held.subject, held.scores, held.comment) == (subject, item.given.scores, item.given.comment)
