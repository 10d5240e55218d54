"""What exam listens to."""

from functools import partial

from services.exam.application import reactions
from services.exam.application.ports import Seal
from shared.clock import Clock
from shared.events.grading import MarkingClosedV1
from shared.events.registration import ApplicationAdmittedV1, ApplicationVoidedV1, ApplicationWithdrawnV1
from shared.inbox.subscription import Subscription


def subscription(seal: Seal, clock: Clock) -> Subscription:
    """Return the table of events and handlers."""
    return Subscription(
        consumer="exam",
        handlers={
            ApplicationAdmittedV1: reactions.on_application_admitted,
            ApplicationWithdrawnV1: reactions.on_application_ended,
            ApplicationVoidedV1: reactions.on_application_ended,
            MarkingClosedV1: partial(reactions.on_marking_closed, seal=seal, clock=clock),
        },
    )
