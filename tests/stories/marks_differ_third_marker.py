"""两位阅卷人给分相差太大，就由第三位评；取最接近的两个分数的平均，离得远的那个不算。

Where two marks lie too far apart, a third marker marks; the two nearest marks count, and the one far off does not.
"""

from kaozheng.demo.people.judges import mark_all
from tests.stories.support.cast import PANEL, Cast
from tests.stories.support.expecting import expect
from tests.stories.support.opinions import giving


async def story(cast: Cast) -> None:
    school = await cast.school()
    plan = await cast.seated(school, cast.people(1))
    await cast.site.hold(plan)
    await cast.manager.receive(plan)
    markers = [cast.marker(name) for name in ("marker-1", "marker-2", "marker-3")]
    await cast.manager.appoint(plan, [marker.name for marker in markers], [PANEL])
    await cast.manager.allocate(plan)
    first, second = [marker for marker in markers if await marker.open_tasks(plan)]
    [third] = [marker for marker in markers if marker not in (first, second)]

    await first.mark(plan, giving(90))
    await second.mark(plan, giving(60))
    expect("grading", "works for the third marker", await third.mark(plan, giving(85)), 1)

    expect("grading", "works for the first two", [await one.mark(plan, giving(0)) for one in (first, second)], [0, 0])
    await mark_all(map(cast.examiner, PANEL), plan, giving(80))
    await cast.manager.close(plan)
    await cast.results_officer.release(plan)
    [result] = await cast.results_officer.results(plan)
    expect("grading", "the score of the two nearest marks", result["practical"], "87.50")
