"""Who holds the sessions: devices at the sites, which upload check-ins, works and attendance."""

import hashlib
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from kaozheng.demo.bars import NO_BAR, Bar
from kaozheng.demo.parties import Parties
from kaozheng.demo.party import Party, chunks
from kaozheng.demo.plan import COMES_AFTER, HANDS_IN_AFTER, Plan
from kaozheng.demo.together import together
from kaozheng.demo.waiting import DemoFailed

UPLOAD = 500
TASKS = ("xb2b:junior:1.1", "xb2b:junior:1.2", "xb2b:junior:2.1", "xb2b:junior:2.2")

Session = dict[str, Any]


class Site:
    """考核站点: holds the sessions of a plan; who is absent is told by ticket number."""

    def __init__(self, parties: Parties) -> None:
        self._parties = parties

    async def hold(self, plan: Plan, absent: Collection[str] = ()) -> None:
        """Hold the practical and the interviews."""
        await self.practical(plan, absent)
        await self.interview(plan, absent)

    async def practical(self, plan: Plan, absent: Collection[str] = (), bar: Bar = NO_BAR) -> None:
        """Let those who come check in and hand in their works, then close every session."""
        await together(self._practical(plan, session, absent, bar) for session in plan.sessions_of("practical"))

    async def interview(self, plan: Plan, absent: Collection[str] = (), bar: Bar = NO_BAR) -> None:
        """Let those who come into the interview, then close every session."""
        await together(self._interview(plan, session, absent, bar) for session in plan.sessions_of("interview"))

    async def _practical(self, plan: Plan, session: Session, absent: Collection[str], bar: Bar) -> None:
        device, path = self._device(session), f"/v1/sessions/{session['id']}"
        tickets = await _present(device, session, absent)
        body = {"device_id": f"gate-{session['id']}"}
        for items in chunks(_uploads(tickets, session, COMES_AFTER, 1), UPLOAD):
            await device.bulk("check-in", f"{path}/check-ins", body | {"items": items})
        handed_in = _uploads(tickets, session, HANDS_IN_AFTER, 1 + len(tickets))
        for items in chunks([record | {"artefacts": artefacts(record["ticket_no"])} for record in handed_in], UPLOAD):
            await device.bulk("works", f"{path}/works", body | {"items": items})
            bar.advance(len(items))
        closed = await device.call("close", "POST", f"{path}/close")
        plan.tally.works += len(tickets)
        plan.tally.sat += closed["present"]
        plan.tally.absent += closed["absent"]

    async def _interview(self, plan: Plan, session: Session, absent: Collection[str], bar: Bar) -> None:
        device, path = self._device(session), f"/v1/sessions/{session['id']}"
        tickets = await _present(device, session, absent)
        body = {"device_id": f"door-{session['id']}"}
        for items in chunks(_uploads(tickets, session, COMES_AFTER, 1), UPLOAD):
            await device.bulk("attendance", f"{path}/attendance", body | {"items": items})
            bar.advance(len(items))
        closed = await device.call("close", "POST", f"{path}/close")
        if closed["present"] != len(tickets):
            raise DemoFailed(f"exam: session {session['id']}: {closed['present']} present, {len(tickets)} came")
        plan.tally.interviews += closed["present"]

    def _device(self, session: Session) -> Party:
        return self._parties.party("exam", "site-device", subject=f"device-{session['id']}")


async def _present(device: Party, session: Session, absent: Collection[str]) -> list[str]:
    """Return the ticket numbers of those who come, from the session's roster."""
    roster = await device.everything("roster", f"/v1/sessions/{session['id']}/roster")
    return [seat["ticket_no"] for seat in roster if seat["ticket_no"] not in absent]


def _uploads(tickets: list[str], session: Session, after: timedelta, first: int) -> list[dict[str, Any]]:
    """Return device records: a rising sequence, and the true time of each."""
    at = datetime.fromisoformat(session["starts_at"]) + after
    return [
        {"sequence": first + number, "ticket_no": ticket, "occurred_at": at.isoformat()}
        for number, ticket in enumerate(tickets)
    ]


def artefacts(ticket_no: str) -> list[dict[str, Any]]:
    """Return the files of a work, one a task, by digest."""
    return [
        {"task_code": task, "sha256": hashlib.sha256(f"{task}/{ticket_no}".encode()).hexdigest(), "size": 40_960}
        for task in TASKS
    ]
