"""Marking: two blind marks a work, a third where they disagree, arbitration, interview panels, release."""

from collections.abc import Sequence

import httpx

from kaozheng.demo.judging import Scale, scales, scores
from kaozheng.demo.party import Party, chunks, good
from kaozheng.demo.stage import Bar, Demo, stage, together, until

MARKERS = tuple(f"marker-{number}" for number in range(1, 7))
PANELS = tuple(tuple(f"examiner-{panel}{seat}" for seat in "abc") for panel in (1, 2))
UPLOAD = 500


async def mark(demo: Demo) -> None:
    """Allocate the works and the interviews, and let all judges work through the own tasks."""
    manager = demo.party("grading", "marking-manager")
    plan = f"/v1/plans/{demo.facts['plan_id']}"
    async with stage(demo, "作品到阅卷 works to grading", demo.tally.works) as bar:
        await until("all works at grading", lambda: received(demo, manager, bar))
    await staff(demo, manager, plan)
    criteria = await manager.call("setup", "GET", f"{plan}/criteria")
    # Those who mark works and those who sat at the interviews are other people: they work at the same time.
    await together(
        [mark_works(demo, scales(criteria["practical"])), score_interviews(demo, scales(criteria["interview"]))]
    )


async def mark_works(demo: Demo, form: Sequence[Scale]) -> None:
    """Let every marker work through the own tasks until nothing is open, third marks and arbitration included."""
    async with stage(demo, "双评与三评 marking", 2 * demo.tally.works) as bar:
        marks = 0
        while some := sum(await together(marker_works(demo, name, form, bar) for name in MARKERS)):
            marks += some
        demo.tally.third_marks = marks - 2 * demo.tally.works
        await arbitrate(demo, form)


async def score_interviews(demo: Demo, form: Sequence[Scale]) -> None:
    """Let every examiner of every panel score until nothing is open."""
    judges = [judge for panel in PANELS for judge in panel]
    async with stage(demo, "面试评分 interview panels", 3 * demo.tally.interviews) as bar:
        while sum(await together(examiner_works(demo, judge, form, bar) for judge in judges)):
            pass


async def staff(demo: Demo, manager: Party, plan: str) -> None:
    """Name markers and panels, and allocate."""
    markers = {"items": [{"subject": name} for name in MARKERS]}
    await manager.call("setup", "POST", f"{plan}/markers", json=markers)
    panels = [{"name": f"面试{number}组", "examiners": list(panel)} for number, panel in enumerate(PANELS, start=1)]
    await manager.call("setup", "POST", f"{plan}/panels", json={"panels": panels})
    await manager.call("allocate", "POST", f"{plan}/allocate", json={"seed": demo.seed})


async def received(demo: Demo, manager: Party, bar: Bar) -> bool | None:
    """Tell whether grading has all works, interviews and absences, and knows that the exam has ended."""
    plan = await manager.known("poll", f"/v1/plans/{demo.facts['plan_id']}")
    if plan is None:
        return None
    progress = plan["progress"]
    bar.reach(progress["works"])
    complete = (
        progress["works"] == demo.tally.works
        and progress["interviews"] == demo.tally.interviews
        and progress["candidates"] == demo.tally.admitted
        and progress["absent"] == demo.tally.absent
        and progress["expected_works"] is not None
    )
    return complete or None


async def marker_works(demo: Demo, name: str, form: Sequence[Scale], bar: Bar) -> int:
    """Mark all open tasks of one marker; return how many."""
    marker = demo.party("grading", "marker", subject=name)
    tasks = await marker.everything("tasks", "/v1/marking-tasks", plan_id=demo.facts["plan_id"])
    for some in chunks(tasks, UPLOAD):
        items = [
            {"work_code": task["work_code"], "scores": scores(demo.seed, task["work_code"], name, form)}
            for task in some
        ]
        await marker.bulk("marks", "/v1/marks", {"plan_id": demo.facts["plan_id"], "items": items})
        bar.advance(len(items))
    return len(tasks)


async def arbitrate(demo: Demo, form: Sequence[Scale]) -> None:
    """Let the arbiter decide the works on which even three marks do not agree."""
    arbiter = demo.party("grading", "arbiter")
    plan_id = demo.facts["plan_id"]
    open_works = await arbiter.everything("tasks", "/v1/arbitrations", plan_id=plan_id)
    for some in chunks(open_works, UPLOAD):
        items = [
            {"work_code": work["work_code"], "scores": scores(demo.seed, work["work_code"], "arbiter", form)}
            for work in some
        ]
        await arbiter.bulk("marks", "/v1/arbitrations", {"plan_id": plan_id, "items": items})
    demo.tally.arbitrated = len(open_works)


async def examiner_works(demo: Demo, judge: str, form: Sequence[Scale], bar: Bar) -> int:
    """Score all open interviews of one examiner; return how many."""
    examiner = demo.party("grading", "panel-examiner", subject=judge)
    plan_id = demo.facts["plan_id"]
    tasks = await examiner.everything("tasks", "/v1/interview-tasks", plan_id=plan_id)
    for some in chunks(tasks, UPLOAD):
        items = [
            {
                "interview_code": task["interview_code"],
                "scores": scores(demo.seed, task["interview_code"], judge, form),
            }
            for task in some
        ]
        await examiner.bulk("marks", "/v1/interview-scores", {"plan_id": plan_id, "items": items})
        bar.advance(len(items))
    return len(tasks)


async def release(demo: Demo) -> None:
    """Close marking, wait until exam has unsealed the works, and release all results at once."""
    manager = demo.party("grading", "marking-manager")
    officer = demo.party("grading", "results-officer")
    plan = f"/v1/plans/{demo.facts['plan_id']}"
    async with stage(demo, "拆封与发布 unseal and release", demo.tally.admitted):
        await manager.call("close-marking", "POST", f"{plan}/close-marking")
        released = await until("all results to be complete", lambda: try_release(officer, plan))
    demo.tally.passed, demo.tally.failed = released["pass"], released["fail"]
    demo.tally.absent_results = released["absent"]
    demo.facts["released_at"] = (await manager.call("poll", "GET", plan))["released_at"]


async def try_release(officer: Party, plan: str) -> dict[str, int] | None:
    """Release, or nothing yet while works are still being unsealed (409)."""
    response = await officer.send("release", "POST", f"{plan}/release")
    if response.status_code == httpx.codes.CONFLICT:
        return None
    answer: dict[str, int] = good(response).json()
    return answer
