"""One event of every type for the n-th candidate of a plan, in the order in which a service hears of them."""

from shared import ids
from shared.events.payload import EventPayload
from shared.sealing import Sealer
from tests.worlds.payloads import (
    Candidate,
    application_admitted,
    application_voided,
    application_withdrawn,
    candidate_absent,
    candidate_checked_in,
    certificate_issued,
    certificate_revoked,
    interview_attended,
    marking_closed,
    plan_finished,
    plan_published,
    result_published,
    sealed_person,
    seat_assigned,
    seat_plan_sealed,
    work_submitted,
    work_unsealed,
)


class Life:
    """A candidate with a plan of its own, so that events about plans are as many as those about candidates."""

    def __init__(self, number: int, sealer: Sealer) -> None:
        self.plan_id, self._candidate = ids.new_id(), Candidate(number)
        self._person = sealed_person(sealer)

    def events(self) -> list[EventPayload]:
        """Return one event of every type."""
        own, certificate_id = (self.plan_id, self._candidate), ids.new_id()
        return [
            plan_published(self.plan_id),
            seat_plan_sealed(self.plan_id),
            plan_finished(self.plan_id, candidates=1, works=1, interviews=1),
            application_admitted(*own, self._person),
            application_withdrawn(*own),
            seat_assigned(*own),
            candidate_checked_in(*own, "practical"),
            work_submitted(*own),
            interview_attended(*own),
            candidate_absent(*own, "interview"),
            marking_closed(self.plan_id),
            work_unsealed(*own),
            result_published(*own),
            certificate_issued(self._candidate, certificate_id),
            application_voided(*own),
            certificate_revoked(self._candidate, certificate_id),
        ]
