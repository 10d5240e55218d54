"""缺考就是缺考，不是不通过：没有分数，也没有证书；成绩不够的人才是不通过。

Who is absent is absent and has not failed: no score, no certificate; to fail is to have sat and not reached the line.
"""

from tests.stories.support.cast import Cast
from tests.stories.support.expecting import expect, expect_soon
from tests.stories.support.opinions import giving


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.open()
    weak, ill = await school.apply(plan, cast.people(2))
    await cast.reviewer.review(plan)
    await cast.officer.arrange(plan)

    await cast.site.hold(plan, absent=[await cast.officer.ticket_of(plan, ill.application_id)])
    await cast.mark(plan, giving(40))
    await cast.results_officer.release(plan)

    results = {result["application_id"]: result for result in await cast.results_officer.results(plan)}
    expect("grading", "the result of who sat", results[weak.application_id]["outcome"], "fail")
    expect("grading", "the result of who was absent", results[ill.application_id]["outcome"], "absent")
    expect("grading", "the total of who was absent", results[ill.application_id]["total"], None)

    async def told() -> str | None:
        result = (await school.application(ill.application_id))["result"]
        return result and result["outcome"]

    await expect_soon("registration", "the result that the school sees", told, "absent")
    expect("certificate", "certificates", await school.certificates(plan), [])
