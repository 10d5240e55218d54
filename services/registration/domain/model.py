"""The application and its life: every step happens, changes nothing because it has happened, or is refused by name."""

from dataclasses import dataclass
from enum import StrEnum

from services.registration.domain.errors import AlreadySeated, IllegalTransition


class Status(StrEnum):
    """Where an application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    UNDER_REVIEW = "under_review"
    RETURNED = "returned"
    ADMITTED = "admitted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    VOIDED = "voided"


class Decision(StrEnum):
    """What a reviewer may decide."""

    ADMIT = "admit"
    REFUSE = "refuse"
    RETURN = "return"


#: Where each decision leads.
TARGETS = {Decision.ADMIT: Status.ADMITTED, Decision.REFUSE: Status.REFUSED, Decision.RETURN: Status.RETURNED}
#: A person has at most one application in these states per plan.
LIVE = (Status.DRAFT, Status.SUBMITTED, Status.UNDER_REVIEW, Status.RETURNED, Status.ADMITTED)
#: Entering these states is told to the other services.
_ANNOUNCED = frozenset({Status.ADMITTED, Status.REFUSED, Status.WITHDRAWN, Status.VOIDED})


@dataclass(frozen=True, slots=True)
class Application:
    """The state of one application. `version` counts changes, `event_version` what was announced of it.

    `seated` says that the plan's seats are arranged.
    """

    status: Status = Status.DRAFT
    version: int = 0
    event_version: int = 0
    seated: bool = False

    def submit(self) -> "Application":
        """Hand it in, for the first time or corrected."""
        return self._move("submit", (Status.DRAFT, Status.RETURNED), Status.SUBMITTED)

    def start_review(self) -> "Application":
        """Take it up for review."""
        return self._move("start_review", (Status.SUBMITTED,), Status.UNDER_REVIEW)

    def decide(self, decision: Decision) -> "Application":
        """Decide on it; taking it up for review is implied. A repeated decision changes nothing."""
        if self.status is Status.SUBMITTED:
            return self.start_review().decide(decision)
        # A candidate admitted now would have no seat.
        if decision is Decision.ADMIT and self.seated and self.status is Status.UNDER_REVIEW:
            raise AlreadySeated(decision)
        return self._move(decision, (Status.UNDER_REVIEW,), TARGETS[decision])

    def withdraw(self) -> "Application":
        """Take it back, which is possible until the seats are arranged."""
        if self.seated and self.status is Status.ADMITTED:
            raise AlreadySeated("withdraw")
        return self._move("withdraw", LIVE, Status.WITHDRAWN)

    def void(self) -> "Application":
        """Declare it void for false materials: from any state, also after certification."""
        return self._move("void", tuple(Status), Status.VOIDED)

    def _move(self, action: str, sources: tuple[Status, ...], target: Status) -> "Application":
        if self.status is target:
            return self
        if self.status not in sources:
            raise IllegalTransition(self.status, action)
        announced = self.event_version + (target in _ANNOUNCED)
        return Application(target, self.version + 1, announced, self.seated)
