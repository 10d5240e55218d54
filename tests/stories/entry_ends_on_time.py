"""报名到截止时刻为止：之前送到的照收，之后送来的退回并说明原因。

Entry is open until the minute it ends: what comes before is taken, what comes after is refused with the reason.
"""

from datetime import timedelta

from kaozheng.demo.batches import encoded
from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_refused

HOUR = timedelta(hours=1)


async def story(cast: Cast) -> None:
    school, plan = await cast.school(), await cast.open()

    cast.reach(plan.times.entry.ends_at - HOUR)
    expect("registration", "applications in the last hour", len(await school.apply(plan, cast.people(2))), 2)

    cast.reach(plan.times.entry.ends_at + HOUR)
    late = school.send(plan, encoded(cast.people(1)))
    await expect_refused("registration", "a batch after the end", late, "entry-closed")
    expect("registration", "batches", len(await school.batches()), 1)
