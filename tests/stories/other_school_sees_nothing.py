"""一所院校看不到另一所院校的批次、报名、准考证和证书，知道编号也不行。

A school sees nothing of another school's batches, applications, tickets and certificates, even if it knows their ids.
"""

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_refused


async def story(cast: Cast) -> None:
    school, other = await cast.school(), await cast.school()
    plan = await cast.certified(school, cast.people(1))
    [application] = await school.applications(plan)
    [batch] = await school.batches()

    expect("registration", "applications that the other school sees", await other.applications(plan), [])
    expect("registration", "batches that the other school sees", await other.batches(), [])
    expect("exam", "tickets that the other school sees", await other.tickets(plan), [])
    expect("certificate", "certificates that the other school sees", await other.certificates(plan), [])
    peeking = other.application(application["id"])
    await expect_refused("registration", "another school's application", peeking, "not-found")
    await expect_refused("registration", "another school's row errors", other.row_errors(batch), "not-found")

    expect("exam", "tickets that the own school sees", len(await school.tickets(plan)), 1)
    expect("certificate", "certificates that the own school sees", len(await school.certificates(plan)), 1)
