"""What the certificate service listens to."""

from functools import partial

from services.certificate.application import reactions
from services.certificate.application.desk import Desk
from shared.events.exam import PlanPublishedV1
from shared.events.grading import ResultPublishedV1
from shared.events.registration import ApplicationAdmittedV1, ApplicationVoidedV1
from shared.inbox.subscription import Subscription


def subscription(desk: Desk) -> Subscription:
    """Return the table of events and handlers, bound to the desk."""
    return Subscription(
        consumer="certificate",
        handlers={
            PlanPublishedV1: partial(reactions.on_plan_published, desk),
            ApplicationAdmittedV1: partial(reactions.on_application_admitted, desk),
            ApplicationVoidedV1: partial(reactions.on_application_voided, desk),
            ResultPublishedV1: partial(reactions.on_result_published, desk),
        },
    )
