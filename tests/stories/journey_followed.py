"""一次报名走过的每一步，院校都看得到；运维跨所有服务看得到同一旅程，而不知道考生是谁。

The school sees every step of an application; operations see the same journey across all services, but not who it is.
"""

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect

STEPS = [
    "submitted",
    "admitted",
    "seat_assigned",
    "practical_checked_in",
    "interview_attended",
    "result_published",
    "certificate_issued",
]


async def story(cast: Cast) -> None:
    school = await cast.school()
    [person] = cast.people(1)
    plan = await cast.certified(school, [person])
    [application] = await school.applications(plan)

    certified = await school.certified(application["id"])
    steps = [entry["stage"] for entry in certified["timeline"]]
    expect("registration", "steps that the school sees", sorted(steps), sorted(STEPS))
    journey = await cast.operations.follow(certified["journey_id"])
    expect("operations", "the person's name in the journey", person.name in str(journey), False)
    expect("operations", "the person's number in the journey", person.document_number in str(journey), False)
