"""Who holds the sessions: devices at the sites, which upload check-ins, works and attendance."""

import hashlib
from collections.abc import Collection, Sequence
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
Record = dict[str, Any]
#: Where a component's device stands.
_PLACES = {"practical": "gate", "interview": "door"}


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
        sessions, start = plan.sessions_of("practical"), plan.times.starts_at("practical")
        self._parties.reach(start + COMES_AFTER)
        come = await together(self._check_in(session, absent) for session in sessions)
        self._parties.reach(start + HANDS_IN_AFTER)
        present = list(zip(sessions, come, strict=True))
        await together(self._hand_in(session, tickets, bar) for session, tickets in present)
        self._parties.reach(plan.times.ends_at("practical"))
        for closed in await together(self._close(session, tickets) for session, tickets in present):
            plan.tally.sat += closed["present"]
            plan.tally.absent += closed["absent"]
        plan.tally.works += sum(map(len, come))

    async def interview(self, plan: Plan, absent: Collection[str] = (), bar: Bar = NO_BAR) -> None:
        """Let those who come into the interview, then close every session."""
        sessions = plan.sessions_of("interview")
        self._parties.reach(plan.times.starts_at("interview") + COMES_AFTER)
        come = await together(self._let_in(session, absent, bar) for session in sessions)
        self._parties.reach(plan.times.ends_at("interview"))
        present = zip(sessions, come, strict=True)
        for closed in await together(self._close(session, tickets) for session, tickets in present):
            plan.tally.interviews += closed["present"]

    async def _check_in(self, session: Session, absent: Collection[str]) -> list[str]:
        """Check in those who come; return their ticket numbers."""
        device = self._device(session)
        tickets = await _present(device, session, absent)
        await _upload(device, session, "check-ins", _records(tickets, session, COMES_AFTER, 1))
        return tickets

    async def _hand_in(self, session: Session, tickets: Sequence[str], bar: Bar) -> None:
        works = [
            record | {"artefacts": artefacts(record["ticket_no"])}
            for record in _records(tickets, session, HANDS_IN_AFTER, 1 + len(tickets))
        ]
        await _upload(self._device(session), session, "works", works, bar)

    async def _let_in(self, session: Session, absent: Collection[str], bar: Bar) -> list[str]:
        """Let those who come into the interview; return their ticket numbers."""
        device = self._device(session)
        tickets = await _present(device, session, absent)
        await _upload(device, session, "attendance", _records(tickets, session, COMES_AFTER, 1), bar)
        return tickets

    async def _close(self, session: Session, tickets: Sequence[str]) -> Any:
        closed = await self._device(session).call("close", "POST", f"/v1/sessions/{session['id']}/close")
        if closed["present"] != len(tickets):
            raise DemoFailed(f"exam: session {session['id']}: {closed['present']} present, {len(tickets)} came")
        return closed

    def _device(self, session: Session) -> Party:
        return self._parties.party("exam", "site-device", subject=f"device-{session['id']}")


async def _present(device: Party, session: Session, absent: Collection[str]) -> list[str]:
    """Return the ticket numbers of those who come, from the session's roster."""
    roster = await device.everything("roster", f"/v1/sessions/{session['id']}/roster")
    return [seat["ticket_no"] for seat in roster if seat["ticket_no"] not in absent]


async def _upload(device: Party, session: Session, kind: str, records: Sequence[Record], bar: Bar = NO_BAR) -> None:
    """Send what a device has written down, some hundred records at a time."""
    body = {"device_id": f"{_PLACES[session['component']]}-{session['id']}"}
    for items in chunks(records, UPLOAD):
        await device.bulk(kind, f"/v1/sessions/{session['id']}/{kind}", body | {"items": items})
        bar.advance(len(items))


def _records(tickets: Sequence[str], session: Session, after: timedelta, first: int) -> list[Record]:
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
