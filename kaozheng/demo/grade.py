"""Marking: two blind marks a work, a third where they disagree, arbitration, interview panels, release."""

from functools import partial

from kaozheng.demo.judging import scores
from kaozheng.demo.people.judges import Arbiter, Examiner, Marker, Opinion, mark_all
from kaozheng.demo.people.marking_manager import MarkingManager
from kaozheng.demo.people.results_officer import ResultsOfficer
from kaozheng.demo.stage import Demo, stage
from kaozheng.demo.together import together

MARKERS = tuple(f"marker-{number}" for number in range(1, 7))
PANELS = tuple(tuple(f"examiner-{panel}{seat}" for seat in "abc") for panel in (1, 2))


async def mark(demo: Demo) -> None:
    """Allocate the works and the interviews, and let all judges work through the own tasks."""
    manager, plan = MarkingManager(demo), demo.plan
    async with stage(demo, "作品到阅卷 works to grading", demo.tally.works) as bar:
        await manager.receive(plan, bar)
    await manager.appoint(plan, MARKERS, PANELS)
    await manager.allocate(plan, demo.seed)
    # Those who mark works and those who sat at the interviews are other people: they work at the same time.
    opinion = partial(scores, demo.seed)
    await together([mark_works(demo, opinion), score_interviews(demo, opinion)])


async def mark_works(demo: Demo, opinion: Opinion) -> None:
    """Let every marker work through the own tasks until nothing is open, third marks and arbitration included."""
    async with stage(demo, "双评与三评 marking", 2 * demo.tally.works) as bar:
        marks = await mark_all([Marker(demo, name) for name in MARKERS], demo.plan, opinion, bar)
        demo.tally.third_marks = marks - 2 * demo.tally.works
        demo.tally.arbitrated = await Arbiter(demo).mark(demo.plan, opinion)


async def score_interviews(demo: Demo, opinion: Opinion) -> None:
    """Let every examiner of every panel score until nothing is open."""
    async with stage(demo, "面试评分 interview panels", 3 * demo.tally.interviews) as bar:
        await mark_all([Examiner(demo, name) for panel in PANELS for name in panel], demo.plan, opinion, bar)


async def release(demo: Demo) -> None:
    """Close marking, wait until exam has unsealed the works, and release all results at once."""
    manager, plan = MarkingManager(demo), demo.plan
    async with stage(demo, "拆封与发布 unseal and release", demo.tally.admitted):
        await manager.close(plan)
        await ResultsOfficer(demo).release(plan)
    demo.facts["released_at"] = (await manager.show(plan))["released_at"]
