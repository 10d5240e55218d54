"""What the examination consists of: components, plans, sessions, and where a candidate stands in each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import combinations
from typing import Any
from uuid import UUID

from services.exam.domain.errors import PlanFault, PlanInvalid
from services.exam.domain.lifecycle import PlanState


class Component(StrEnum):
    """The two parts of the examination (T/KJDZSW 0001-2023, 6.1)."""

    PRACTICAL = "practical"
    INTERVIEW = "interview"


class SittingStatus(StrEnum):
    """Where a candidate stands in one component. The last four never change again."""

    EXPECTED = "expected"
    CHECKED_IN = "checked_in"
    HANDED_IN = "handed_in"
    ATTENDED = "attended"
    ABSENT = "absent"
    NO_WORK = "no_work"


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A component at one site from one time to another (场次)."""

    component: Component
    site_id: UUID
    starts_at: datetime
    ends_at: datetime

    def overlaps(self, other: "Session") -> bool:
        """Tell whether nobody could attend both; one may begin when the other ends."""
        return self.starts_at < other.ends_at and other.starts_at < self.ends_at


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanRules:
    """How early a session lets people in, and how late it still does."""

    opens_before: timedelta = timedelta(minutes=60)
    late_limit: timedelta = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class BlueprintChoice:
    """Which authored blueprint a plan uses; without a version, the newest there is when the plan is published."""

    code: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """An exam plan (考核计划). `blueprint` is frozen from publication on; `version` counts its published events.

    `edition` and `choice` are what was asked for: without them it is the newest edition and the derived blueprint.
    """

    id: UUID
    title: str
    standard: str
    edition: str | None = None
    level: str
    unit: str | None
    choice: BlueprintChoice | None = None
    entry_opens_at: datetime
    entry_closes_at: datetime
    requires_materials: bool
    rules: PlanRules
    blueprint: Mapping[str, Any]
    state: PlanState = PlanState.DRAFT
    version: int = 0
    seat_plan_version: int = 0
    digest: str | None = None


def check_plan(entry_opens_at: datetime, entry_closes_at: datetime, sessions: Sequence[Session]) -> None:
    """Raise `PlanInvalid` with every fault of the times and sessions."""
    faults = [
        *_entry_faults(entry_opens_at, entry_closes_at),
        *(_missing(component) for component in Component if all(each.component != component for each in sessions)),
        *(_ends_early(index) for index, each in enumerate(sessions) if each.ends_at <= each.starts_at),
        *_double_used(sessions),
    ]
    if faults:
        raise PlanInvalid(tuple(faults))


def _entry_faults(opens_at: datetime, closes_at: datetime) -> list[PlanFault]:
    return [] if opens_at < closes_at else [PlanFault("/entry_closes_at", "entry_closes_early")]


def _missing(component: Component) -> PlanFault:
    return PlanFault("/sessions", f"no_{component}_session")


def _ends_early(index: int) -> PlanFault:
    return PlanFault(f"/sessions/{index}/ends_at", "session_ends_early")


def _double_used(sessions: Sequence[Session]) -> list[PlanFault]:
    """A site's stations serve one session at a time, or a station would have two people."""
    by_site: dict[UUID, list[tuple[int, Session]]] = {}
    for index, session in enumerate(sessions):
        by_site.setdefault(session.site_id, []).append((index, session))
    return [
        PlanFault(f"/sessions/{later}", "site_used_twice")
        for used in by_site.values()
        for (_, one), (later, other) in combinations(used, 2)
        if one.overlaps(other)
    ]
