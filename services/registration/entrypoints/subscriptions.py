"""Which events registration listens to."""

from services.registration.application import reactions
from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1
from shared.events.exam import (
    CandidateAbsentV1,
    CandidateCheckedInV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    SeatPlanSealedV1,
)
from shared.events.grading import ResultPublishedV1
from shared.inbox.subscription import Subscription

SUBSCRIPTION = Subscription(
    consumer="registration",
    handlers={
        PlanPublishedV1: reactions.on_plan_published,
        SeatPlanSealedV1: reactions.on_seat_plan_sealed,
        PlanFinishedV1: reactions.on_plan_finished,
        SeatAssignedV1: reactions.on_seat_assigned,
        CandidateCheckedInV1: reactions.on_candidate_checked_in,
        CandidateAbsentV1: reactions.on_candidate_absent,
        InterviewAttendedV1: reactions.on_interview_attended,
        ResultPublishedV1: reactions.on_result_published,
        CertificateIssuedV1: reactions.on_certificate_issued,
        CertificateRevokedV1: reactions.on_certificate_revoked,
    },
)
