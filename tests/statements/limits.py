"""How many SQL statements a batch of events may cost, whatever its size. A limit is raised only with a reason."""

from shared.events.certificate import CertificateIssuedV1, CertificateRevokedV1
from shared.events.exam import (
    CandidateAbsentV1,
    CandidateCheckedInV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    SeatPlanSealedV1,
    WorkSubmittedV1,
    WorkUnsealedV1,
)
from shared.events.grading import MarkingClosedV1, ResultPublishedV1
from shared.events.registration import ApplicationAdmittedV1, ApplicationVoidedV1, ApplicationWithdrawnV1

#: Of the handler and of writing its events. Inbox and positions add four to a batch (tests/faults/test_statements.py).
HANDLERS = {
    "registration": {
        PlanPublishedV1: 1,
        SeatPlanSealedV1: 1,
        PlanFinishedV1: 1,
        SeatAssignedV1: 1,
        CandidateCheckedInV1: 1,
        CandidateAbsentV1: 1,
        InterviewAttendedV1: 1,
        ResultPublishedV1: 1,
        CertificateIssuedV1: 1,
        CertificateRevokedV1: 1,
    },
    "exam": {
        ApplicationAdmittedV1: 1,
        ApplicationWithdrawnV1: 1,
        ApplicationVoidedV1: 1,
        MarkingClosedV1: 2,  # of plans without works; each thousand works adds its own
    },
    "grading": {
        PlanPublishedV1: 2,
        PlanFinishedV1: 1,
        SeatAssignedV1: 1,
        WorkSubmittedV1: 1,
        CandidateAbsentV1: 1,
        InterviewAttendedV1: 1,
        WorkUnsealedV1: 1,
    },
    "certificate": {
        PlanPublishedV1: 2,
        ApplicationAdmittedV1: 2,
        ResultPublishedV1: 10,
        ApplicationVoidedV1: 6,
    },
}

#: Of the relay: for each page (read, save the position), and for taking the lead once.
RELAY_PAGE = 2
RELAY_LEAD = 8
