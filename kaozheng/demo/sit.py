"""The examination: seats, check-in, works, interviews, absences."""

import hashlib
import math
from collections import defaultdict
from datetime import datetime, timedelta
from typing import Any

from kaozheng.demo.party import DemoFailed, Party, chunks
from kaozheng.demo.stage import Bar, Demo, stage, together, until

#: 4 of 100 candidates stay at home.
ABSENT_PERCENT = 4
UPLOAD = 500
TASKS = ("xb2b:junior:1.1", "xb2b:junior:1.2", "xb2b:junior:2.1", "xb2b:junior:2.2")


async def arrange(demo: Demo) -> None:
    """Wait until exam knows all admitted candidates, close entry and seat everyone."""
    officer = demo.party("exam", "exam-officer")
    plan = f"/v1/plans/{demo.facts['plan_id']}"
    async with stage(demo, "准考到考务 admitted to exam", demo.tally.admitted) as bar:
        await until("all admitted candidates at exam", lambda: arrived(demo, officer, bar))
    async with stage(demo, "编排考场 seating", demo.tally.admitted):
        await officer.call("arrange", "POST", f"{plan}/close-entry")
        seats = await officer.call("arrange", "POST", f"{plan}/arrange", json={"seed": demo.seed})
        demo.facts["seat_digest"] = seats["digest"]
    demo.tally.seated = seats["candidates"]


async def arrived(demo: Demo, officer: Party, bar: Bar) -> bool | None:
    """Tell whether exam knows everyone."""
    plan = await officer.call("poll", "GET", f"/v1/plans/{demo.facts['plan_id']}")
    bar.reach(plan["candidates"])
    return plan["candidates"] == demo.tally.admitted or None


def stay_at_home(tickets: list[str], seed: int) -> frozenset[str]:
    """Return who is absent: a share of all, chosen by a hash; never nobody, so that absence is always seen."""
    by_lot = sorted(tickets, key=lambda ticket: hashlib.sha256(f"{seed}/{ticket}".encode()).digest())
    return frozenset(by_lot[: math.ceil(len(by_lot) * ABSENT_PERCENT / 100)])


async def sit(demo: Demo) -> None:
    """Let devices at the sites upload check-ins, works and attendance, then close every session."""
    officer = demo.party("exam", "exam-officer")
    sessions = await officer.call("list", "GET", "/v1/sessions", params={"plan_id": demo.facts["plan_id"]})
    tickets = await officer.everything("tickets", "/v1/tickets", plan_id=demo.facts["plan_id"])
    demo.facts["absent"] = stay_at_home([ticket["ticket_no"] for ticket in tickets], demo.seed)
    by_component: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for session in sessions["items"]:
        by_component[session["component"]].append(session)
    async with stage(demo, "签到与交卷 check-in and works", demo.tally.admitted) as bar:
        await together(practical(demo, session, bar) for session in by_component["practical"])
    async with stage(demo, "面试签到 interviews", demo.tally.admitted) as bar:
        await together(interview(demo, session, bar) for session in by_component["interview"])


async def present(demo: Demo, device: Party, session: dict[str, Any]) -> list[str]:
    """Return the ticket numbers of those who come, from the session's roster."""
    roster = await device.everything("roster", f"/v1/sessions/{session['id']}/roster")
    return [seat["ticket_no"] for seat in roster if seat["ticket_no"] not in demo.facts["absent"]]


def uploads(tickets: list[str], session: dict[str, Any], minutes: int, first: int) -> list[dict[str, Any]]:
    """Return device records: a rising sequence, and the true time of each."""
    at = datetime.fromisoformat(session["starts_at"]) + timedelta(minutes=minutes)
    return [
        {"sequence": first + number, "ticket_no": ticket, "occurred_at": at.isoformat()}
        for number, ticket in enumerate(tickets)
    ]


async def practical(demo: Demo, session: dict[str, Any], bar: Bar) -> None:
    """Check in those who come, hand in their works, close the session."""
    device = demo.party("exam", "site-device", subject=f"device-{session['id']}")
    tickets = await present(demo, device, session)
    path = f"/v1/sessions/{session['id']}"
    body = {"device_id": f"gate-{session['id']}"}
    for items in chunks(uploads(tickets, session, 5, 1), UPLOAD):
        await device.bulk("check-in", f"{path}/check-ins", body | {"items": items})
    handed_in = uploads(tickets, session, 25, 1 + len(tickets))
    for items in chunks([record | {"artefacts": artefacts(record["ticket_no"])} for record in handed_in], UPLOAD):
        await device.bulk("works", f"{path}/works", body | {"items": items})
        bar.advance(len(items))
    closed = await device.call("close", "POST", f"{path}/close")
    demo.tally.works += len(tickets)
    demo.tally.sat += closed["present"]
    demo.tally.absent += closed["absent"]


def artefacts(ticket_no: str) -> list[dict[str, Any]]:
    """Return the files of a work, one a task, by digest."""
    return [
        {"task_code": task, "sha256": hashlib.sha256(f"{task}/{ticket_no}".encode()).hexdigest(), "size": 40_960}
        for task in TASKS
    ]


async def interview(demo: Demo, session: dict[str, Any], bar: Bar) -> None:
    """Let those who come into the interview, close the session."""
    device = demo.party("exam", "site-device", subject=f"device-{session['id']}")
    tickets = await present(demo, device, session)
    path = f"/v1/sessions/{session['id']}"
    for items in chunks(uploads(tickets, session, 5, 1), UPLOAD):
        await device.bulk("attendance", f"{path}/attendance", {"device_id": f"door-{session['id']}", "items": items})
        bar.advance(len(items))
    closed = await device.call("close", "POST", f"{path}/close")
    if closed["present"] != len(tickets):
        raise DemoFailed(f"session {session['id']}: {closed['present']} present, {len(tickets)} came")
    demo.tally.interviews += closed["present"]
