"""What grading listens to."""

from services.grading.application import reactions
from shared.events import exam
from shared.inbox.subscription import Subscription

SUBSCRIPTION = Subscription(
    consumer="grading",
    handlers={
        exam.PlanPublishedV1: reactions.on_plan_published,
        exam.PlanFinishedV1: reactions.on_plan_finished,
        exam.WorkSubmittedV1: reactions.on_work_submitted,
        exam.SeatAssignedV1: reactions.on_seat_assigned,
        exam.CandidateAbsentV1: reactions.on_candidate_absent,
        exam.InterviewAttendedV1: reactions.on_interview_attended,
        exam.WorkUnsealedV1: reactions.on_work_unsealed,
    },
)
