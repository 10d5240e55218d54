"""成绩发布之前谁也看不到；一发布，院校就看到每位考生的成绩。

Nobody sees a result before it is released; once it is, the school sees that of each of its candidates.
"""

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_refused, expect_soon
from tests.stories.support.opinions import giving


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.marked(school, cast.people(2), giving(80))
    one, other = [application["id"] for application in await school.applications(plan)]

    expect("registration", "the result that the school sees", (await school.application(one))["result"], None)
    listed = cast.results_officer.results(plan)
    await expect_refused("grading", "to list results before their release", listed, "not-released")

    await cast.results_officer.release(plan)

    async def told() -> list[str | None]:
        seen = [(await school.application(application))["result"] for application in (one, other)]
        return [result and result["outcome"] for result in seen]

    await expect_soon("registration", "the results that the school sees", told, ["pass", "pass"])
    expect("grading", "results listed", len(await cast.results_officer.results(plan)), 2)
