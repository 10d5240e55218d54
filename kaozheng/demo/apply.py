"""Entry: the body opens a plan, a school sends its batch, a reviewer decides."""

import asyncio
import math
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from kaozheng.demo import batches
from kaozheng.demo.party import Party, chunks
from kaozheng.demo.stage import Bar, Demo, stage, until
from shared import ids
from shared.clock import SystemClock

STATIONS_PER_ROOM = 40
#: Two sites at least, and none for more candidates than a large school seats.
SITES, OF_A_SITE = 2, 2_000
#: Every 97th application is refused at review, so that refusals are part of the picture.
REFUSE_EVERY = 97


async def open_plan(demo: Demo) -> None:
    """Create sites and a plan, publish it, and create the institution with its API client."""
    async with stage(demo, "开考 plan, sites, institution", 4) as bar:
        officer = demo.party("exam", "exam-officer")
        numbers = range(1, sites_of(demo) + 1)
        sites = [await officer.create("setup", "/v1/sites", site(demo, number)) for number in numbers]
        bar.advance()
        plan = await officer.create("setup", "/v1/plans", plan_of(sites))
        await officer.call("setup", "POST", f"/v1/plans/{plan['id']}/publish")
        demo.facts["plan_id"] = plan["id"]
        bar.advance()
        await open_institution(demo)
        bar.advance()
        await until("the plan at registration", lambda: plan_known(demo))


def sites_of(demo: Demo) -> int:
    """Return how many sites there are."""
    return max(SITES, math.ceil(demo.candidates / OF_A_SITE))


def site(demo: Demo, number: int) -> dict[str, Any]:
    """Return a site with rooms enough for its share and a tenth to spare."""
    rooms = math.ceil(demo.candidates * 1.1 / sites_of(demo) / STATIONS_PER_ROOM) + 1
    return {
        "name": f"第{number}考核站点",
        "address": f"示范市考试路{number}号",
        "rooms": [{"name": f"{room:03d}考场", "stations": STATIONS_PER_ROOM} for room in range(1, rooms + 1)],
    }


def plan_of(sites: list[dict[str, Any]]) -> dict[str, Any]:
    """Return a plan of yesterday: devices that were offline upload what happened with its true time."""
    now = SystemClock().now()
    day = datetime(now.year, now.month, now.day, tzinfo=UTC) - timedelta(days=1)
    sessions = [
        {
            "component": component,
            "site_id": place["id"],
            "starts_at": (day + timedelta(hours=hour)).isoformat(),
            "ends_at": (day + timedelta(hours=hour + 2)).isoformat(),
        }
        for component, hour in (("practical", 1), ("interview", 6))
        for place in sites
    ]
    return {
        "title": "跨境电商B2B数据运营（初级）考核",
        "standard": "xb2b",
        "level": "junior",
        "entry_opens_at": (now - timedelta(days=30)).isoformat(),
        "entry_closes_at": (now + timedelta(days=1)).isoformat(),
        "sessions": sessions,
    }


async def open_institution(demo: Demo) -> None:
    """Create a school and its API client, and fetch the client's token as the school would."""
    administrator = demo.party("registration", "administrator")
    school = await administrator.create("setup", "/v1/institutions", {"name": "示范职业技术学院", "region": "330100"})
    client = await administrator.create(
        "setup", f"/v1/institutions/{school['id']}/clients", {"label": "教务系统 registrar system"}
    )
    form = {
        "grant_type": "client_credentials",
        "client_id": client["client_id"],
        "client_secret": client["client_secret"],
    }
    answer = await demo.party("registration").call("setup", "POST", "/oauth/token", data=form)
    demo.facts["school_token"] = answer["access_token"]


async def plan_known(demo: Demo) -> bool | None:
    """Tell whether registration has heard of the plan."""
    school = demo.bearer("registration", demo.facts["school_token"])
    plans = await school.call("setup", "GET", "/v1/plans")
    return any(plan["id"] == demo.facts["plan_id"] for plan in plans["items"]) or None


async def send_batch(demo: Demo) -> None:
    """Write the school's file, upload it, upload it again as a nervous client would, and follow its progress."""
    path = demo.folder / "batch.csv"
    demo.tally.rows, demo.tally.expected_bad_rows = batches.write(path, demo.candidates, demo.seed)
    school = demo.bearer("registration", demo.facts["school_token"])
    async with stage(demo, "批次报名 batch intake", demo.tally.rows) as bar:
        batch = await upload(demo, school, path)
        done = await until("the batch to be worked through", lambda: finished(school, batch["id"], bar))
    demo.tally.rows_accepted, demo.tally.rows_refused = done["accepted"], done["refused"]
    errors = await school.call("errors", "GET", f"/v1/batches/{batch['id']}/errors", params={"limit": 3})
    demo.facts["row_errors"] = errors["items"]
    demo.facts["batch_path"] = path


async def upload(demo: Demo, school: Party, path: Path) -> Any:
    """Upload twice under one key: the second must be the same batch."""
    key = str(ids.new_id())
    headers = {"Idempotency-Key": key, "Content-Type": "text/csv"}
    params = {"plan_id": demo.facts["plan_id"]}
    content = await asyncio.to_thread(path.read_bytes)
    first = await school.call("upload", "POST", "/v1/batches", params=params, content=content, headers=headers)
    again = await school.call("upload", "POST", "/v1/batches", params=params, content=content, headers=headers)
    if first["id"] != again["id"]:
        demo.facts.setdefault("faults", []).append("a repeated upload made a second batch")
    return first


async def finished(school: Party, batch_id: str, bar: Bar) -> Any:
    """Return the batch when it is finished."""
    batch = await school.call("poll", "GET", f"/v1/batches/{batch_id}")
    bar.reach(batch["accepted"] + batch["refused"])
    return batch if batch["status"] in {"finished", "failed"} else None


async def review(demo: Demo) -> None:
    """Decide on every submitted application, in bulk, as a reviewer's desk does."""
    reviewer = demo.party("registration", "reviewer")
    plan_id = demo.facts["plan_id"]
    async with stage(demo, "资格审核 review", demo.tally.rows_accepted) as bar:
        waiting = await reviewer.everything("list", "/v1/applications", plan_id=plan_id, status="submitted")
        numbered = [decision(number, application) for number, application in enumerate(waiting, start=1)]
        for items in chunks(numbered, 1000):
            await reviewer.bulk("review", "/v1/applications/decisions", {"items": items})
            bar.advance(len(items))
    demo.tally.review_refused = sum(item["decision"] == "refuse" for item in numbered)
    demo.tally.admitted = len(numbered) - demo.tally.review_refused


def decision(number: int, application: dict[str, Any]) -> dict[str, Any]:
    """Admit, or refuse every 97th for materials that do not match."""
    verdict = {"application_id": application["id"], "version": application["version"]}
    if number % REFUSE_EVERY:
        return verdict | {"decision": "admit"}
    return verdict | {"decision": "refuse", "reason_code": "materials_mismatch", "comment": "材料与条件不符"}
