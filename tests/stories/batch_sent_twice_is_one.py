"""院校没有收到答复而重发同一批报名，结果仍是一批；同一个幂等键换了内容则被拒绝。

A school that sends a batch again, because it saw no answer, has sent one batch; other content under its key is refused.
"""

from kaozheng.demo.batches import encoded
from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_refused


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.open()
    one, two, three = cast.people(3)
    await school.hear_of(plan)

    first = await school.send(plan, encoded([one, two]), key="autumn")
    await school.follow(first, plan)
    again = await school.send(plan, encoded([one, two]), key="autumn")

    expect("registration", "the batch sent again", again["id"], first["id"])
    expect("registration", "batches of the school", len(await school.batches()), 1)
    expect("registration", "applications of the school", len(await school.applications(plan)), 2)
    other = school.send(plan, encoded([one, three]), key="autumn")
    await expect_refused("registration", "another batch under the same key", other, "idempotency-key-reused")
