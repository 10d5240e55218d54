"""Entry: the body opens a plan, a school sends its batch, a reviewer decides."""

import asyncio
from pathlib import Path
from typing import Any

from kaozheng.demo import batches
from kaozheng.demo.people.administrator import Administrator
from kaozheng.demo.people.officer import Officer
from kaozheng.demo.people.reviewer import ADMIT, REFUSE, Reviewer
from kaozheng.demo.people.school import School
from kaozheng.demo.plan import Draft
from kaozheng.demo.stage import Demo, stage
from shared import ids

#: Every 97th application is refused at review, so that refusals are part of the picture.
REFUSE_EVERY = 97


async def open_plan(demo: Demo) -> None:
    """Create sites and a plan, publish it, and create the institution with its API client."""
    async with stage(demo, "开考 plan, sites, institution", 4) as bar:
        officer = Officer(demo)
        draft = Draft.for_many(demo.candidates, demo.times())
        sites = await officer.prepare(draft)
        bar.advance()
        plan = await officer.publish(draft, sites, demo.tally)
        demo.facts["plan"], demo.facts["plan_id"] = plan, plan.id
        bar.advance()
        school = await Administrator(demo).register()
        demo.facts["school"] = school
        bar.advance()
        await school.hear_of(plan)


async def send_batch(demo: Demo) -> None:
    """Write the school's file, upload it, upload it again as a nervous client would, and follow its progress."""
    path = demo.folder / "batch.csv"
    demo.tally.rows, demo.tally.expected_bad_rows = batches.write(
        path, demo.candidates, demo.seed, after=demo.people_after
    )
    school: School = demo.facts["school"]
    async with stage(demo, "批次报名 batch intake", demo.tally.rows) as bar:
        batch = await upload(demo, school, path)
        await school.follow(batch, demo.plan, bar)
    demo.facts["row_errors"] = await school.row_errors(batch)
    demo.facts["batch_path"] = path


async def upload(demo: Demo, school: School, path: Path) -> Any:
    """Upload twice under one key: the second must be the same batch."""
    key = str(ids.new_id())
    content = await asyncio.to_thread(path.read_bytes)
    first, again = [await school.send(demo.plan, content, key) for _ in range(2)]
    if first["id"] != again["id"]:
        demo.facts.setdefault("faults", []).append("a repeated upload made a second batch")
    return first


async def review(demo: Demo) -> None:
    """Decide on every submitted application, in bulk: every 97th is refused for materials that do not match."""
    async with stage(demo, "资格审核 review", demo.tally.rows_accepted) as bar:
        await Reviewer(demo).review(demo.plan, lambda number, _: ADMIT if number % REFUSE_EVERY else REFUSE, bar)
