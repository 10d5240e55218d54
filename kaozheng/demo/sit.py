"""The examination: seats, check-in, works, interviews, absences."""

import hashlib
import math

from kaozheng.demo.people.officer import Officer
from kaozheng.demo.people.site import Site
from kaozheng.demo.stage import Demo, stage

#: 4 of 100 candidates stay at home.
ABSENT_PERCENT = 4


async def arrange(demo: Demo) -> None:
    """Wait until exam knows all admitted candidates, close entry and seat everyone."""
    officer = Officer(demo)
    async with stage(demo, "准考到考务 admitted to exam", demo.tally.admitted) as bar:
        await officer.meet(demo.plan, bar)
    async with stage(demo, "编排考场 seating", demo.tally.admitted):
        demo.facts["seat_digest"] = await officer.seat(demo.plan, demo.seed)


def stay_at_home(tickets: list[str], seed: int) -> frozenset[str]:
    """Return who is absent: a share of all, chosen by a hash; never nobody, so that absence is always seen."""
    by_lot = sorted(tickets, key=lambda ticket: hashlib.sha256(f"{seed}/{ticket}".encode()).digest())
    return frozenset(by_lot[: math.ceil(len(by_lot) * ABSENT_PERCENT / 100)])


async def sit(demo: Demo) -> None:
    """Let devices at the sites upload check-ins, works and attendance, then close every session."""
    tickets = await Officer(demo).tickets(demo.plan)
    absent = stay_at_home([ticket["ticket_no"] for ticket in tickets], demo.seed)
    site = Site(demo)
    async with stage(demo, "签到与交卷 check-in and works", demo.tally.admitted) as bar:
        await site.practical(demo.plan, absent, bar)
    async with stage(demo, "面试签到 interviews", demo.tally.admitted) as bar:
        await site.interview(demo.plan, absent, bar)
