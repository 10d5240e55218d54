"""An exam plan: when what happens in it, where, and how many people passed each stage of it."""

import math
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple, Self

from kaozheng.demo.blueprint import CODE, LEVEL, STANDARD
from kaozheng.demo.judging import Scale
from kaozheng.demo.tally import Tally
from shared.clock import CHINA

STATIONS_PER_ROOM = 40
#: Two sites at least, and none for more candidates than a large school seats.
SITES, OF_A_SITE = 2, 2_000
#: After the start of a session: when people are let in, and when they hand in their works.
COMES_AFTER, HANDS_IN_AFTER = timedelta(minutes=5), timedelta(minutes=25)


class Hours(NamedTuple):
    """From when until when."""

    starts_at: datetime
    ends_at: datetime


@dataclass(frozen=True, kw_only=True)
class Times:
    """When entry is open, and when each component is examined: all times of a plan."""

    entry: Hours
    components: dict[str, Hours]

    @classmethod
    def to_come(cls, now: datetime) -> Self:
        """Return times with entry open until the end of tomorrow and the exam on the day after."""
        day = _midnight(now) + timedelta(days=2)
        return cls(entry=Hours(now - timedelta(hours=1), day), components=_components(day))

    @classmethod
    def of_yesterday(cls, now: datetime) -> Self:
        """Return times with the exam yesterday: devices that were offline upload what happened with its true time."""
        entry = Hours(now - timedelta(days=30), now + timedelta(days=1))
        return cls(entry=entry, components=_components(_midnight(now) - timedelta(days=1)))

    def starts_at(self, component: str) -> datetime:
        """Return when a component's sessions start."""
        return self.components[component].starts_at

    def ends_at(self, component: str) -> datetime:
        """Return when a component's sessions end."""
        return self.components[component].ends_at


def _midnight(now: datetime) -> datetime:
    return now.astimezone(CHINA).replace(hour=0, minute=0, second=0, microsecond=0)


def _components(day: datetime) -> dict[str, Hours]:
    return {"practical": _two_hours(day, 9), "interview": _two_hours(day, 14)}


def _two_hours(day: datetime, hour: int) -> Hours:
    return Hours(day + timedelta(hours=hour), day + timedelta(hours=hour + 2))


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A plan to be opened."""

    candidates: int
    times: Times
    sites: int = SITES

    @classmethod
    def for_many(cls, candidates: int, times: Times) -> Self:
        """Return a plan with sites enough for any number of candidates."""
        return cls(candidates=candidates, times=times, sites=max(SITES, math.ceil(candidates / OF_A_SITE)))

    def site(self, number: int) -> dict[str, Any]:
        """Return a site with rooms enough for its share and a tenth to spare."""
        rooms = math.ceil(self.candidates * 1.1 / self.sites / STATIONS_PER_ROOM) + 1
        return {
            "name": f"第{number}考核站点",
            "address": f"示范市考试路{number}号",
            "rooms": [{"name": f"{room:03d}考场", "stations": STATIONS_PER_ROOM} for room in range(1, rooms + 1)],
        }

    def plan(self, sites: list[dict[str, Any]]) -> dict[str, Any]:
        """Return the plan: each component is examined at each site."""
        sessions = [
            {
                "component": component,
                "site_id": site["id"],
                "starts_at": hours.starts_at.isoformat(),
                "ends_at": hours.ends_at.isoformat(),
            }
            for component, hours in self.times.components.items()
            for site in sites
        ]
        return {
            "title": "跨境电商B2B数据运营（初级）考核",
            "standard": STANDARD,
            "level": LEVEL,
            "blueprint": {"code": CODE},
            "entry_opens_at": self.times.entry.starts_at.isoformat(),
            "entry_closes_at": self.times.entry.ends_at.isoformat(),
            "sessions": sessions,
        }


@dataclass
class Plan:
    """A published plan, and what its people have seen of it."""

    id: str
    sessions: list[dict[str, Any]]
    times: Times
    tally: Tally = field(default_factory=Tally)
    #: What can be given in each component, once grading tells it.
    forms: dict[str, list[Scale]] = field(default_factory=dict)

    def sessions_of(self, component: str) -> list[dict[str, Any]]:
        """Return the sessions in which a component is examined."""
        return [session for session in self.sessions if session["component"] == component]
