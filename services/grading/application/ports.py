"""What the use cases need of storage. Methods are one statement (`lock` two) for any number of rows, or one a page."""

from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from types import TracebackType
from typing import Any, Protocol
from uuid import UUID

from services.grading.application.commands import NamePanel
from services.grading.application.records import InterviewRecord, PlanRecord, Revision, Sat, Settled, WorkRecord
from services.grading.domain.allocation import Marker, Pair, PoolWork
from services.grading.domain.completeness import Known, PlanState
from services.grading.domain.composition import Composed
from services.grading.domain.panel_draw import DrawnInterview, PanelOfPlan
from services.grading.domain.work import WorkState
from shared.events.exam import (
    CandidateAbsentV1,
    InterviewAttendedV1,
    PlanFinishedV1,
    PlanPublishedV1,
    SeatAssignedV1,
    WorkSubmittedV1,
    WorkUnsealedV1,
)
from shared.events.payload import EventPayload
from shared.events.received import Received


class Plans(Protocol):
    """Plans, their markers and panels."""

    async def find(self, plan_id: UUID, *, alone: bool = False) -> PlanRecord | None:
        """Return a plan, kept from ending until the transaction does; `alone` also keeps others out."""

    async def add(self, events: Sequence[Received[PlanPublishedV1]]) -> None:
        """Keep published plans."""

    async def expect(self, events: Sequence[Received[PlanFinishedV1]]) -> None:
        """Keep what finished exams say there must be."""

    async def end(self, plan_id: UUID, state: PlanState, at: datetime) -> None:
        """Move a plan to its next state, one version on."""

    async def appoint(self, plan_id: UUID, markers: Sequence[Marker]) -> None:
        """Add markers, or change their institutions."""

    async def markers(self, plan_id: UUID) -> list[Marker]:
        """Return the markers of a plan."""

    async def form(self, plan_id: UUID, panels: Sequence[NamePanel]) -> None:
        """Add panels; a name that exists keeps its examiners."""

    async def examiners(self, plan_id: UUID) -> Mapping[str, frozenset[str]]:
        """Return the examiners of each panel by its name."""
        ...

    async def panels(self, plan_id: UUID) -> list[PanelOfPlan]:
        """Return the panels with the institutions of their examiners and how many interviews each has."""


class Works(Protocol):
    """Works and their marks."""

    async def add(self, events: Sequence[Received[WorkSubmittedV1]]) -> None:
        """Keep handed-in works: pooled if their plan is known, else sealed."""

    async def pool(self, plan_ids: Sequence[UUID]) -> None:
        """Pool the sealed works of plans that are now known."""

    def waiting(self, plan_id: UUID) -> AsyncIterator[list[PoolWork]]:
        """Yield and lock the works that have no markers, some at a time."""

    async def waiting_by_school(self, plan_id: UUID) -> dict[UUID | None, int]:
        """Return how many works of each school have no markers."""

    async def loads(self, plan_id: UUID) -> dict[tuple[str, int], int]:
        """Return how many works each marker has in each position."""

    async def allocate(self, plan_id: UUID, pairs: Sequence[Pair]) -> None:
        """Give works their two markers; they are then in marking."""

    def without_third(self, plan_id: UUID) -> AsyncIterator[list[WorkRecord]]:
        """Yield and lock the works that need a third marker and have none, some at a time."""

    async def allocate_thirds(self, plan_id: UUID, thirds: Mapping[str, str]) -> None:
        """Give works their third marker."""

    async def lock(self, plan_id: UUID, codes: Sequence[str], subject: str) -> dict[str, WorkRecord]:
        """Lock the works and return them with the current revision of every mark; points only of the person's own."""

    async def revise(self, subject: str, revisions: Sequence[Revision], at: datetime) -> None:
        """Add revisions of a person's marks."""

    async def settle(self, settled: Sequence[Settled]) -> None:
        """Keep where works stand."""

    async def count(self, plan_id: UUID) -> dict[WorkState, int]:
        """Return how many works are in each state."""

    async def close(self, plan_id: UUID) -> None:
        """Lock all settled works for good."""


class Interviews(Protocol):
    """Interviews and their panels' scores."""

    def waiting(self, plan_id: UUID) -> AsyncIterator[list[DrawnInterview]]:
        """Yield and lock the interviews that have no panel, some at a time."""

    async def waiting_by_school(self, plan_id: UUID) -> dict[UUID | None, int]:
        """Return how many interviews of each school have no panel."""

    async def allocate(self, panels: Mapping[str, UUID]) -> None:
        """Give interviews their panels."""

    async def lock(self, plan_id: UUID, codes: Sequence[str], subject: str) -> dict[str, InterviewRecord]:
        """Lock the interviews and return them with every examiner's current mark; points only of the person's own."""

    async def revise(self, subject: str, revisions: Sequence[Revision], at: datetime) -> None:
        """Add revisions of an examiner's marks."""

    async def settle(self, scores: Mapping[str, Decimal]) -> None:
        """Keep the panels' joint scores."""


class Candidates(Protocol):
    """What sittings say, in any order, and the results that come of it."""

    async def seat(self, events: Sequence[Received[SeatAssignedV1]]) -> None:
        """Expect these candidates."""

    async def miss(self, events: Sequence[Received[CandidateAbsentV1]]) -> None:
        """Keep absences."""

    async def attend(self, events: Sequence[Received[InterviewAttendedV1]]) -> None:
        """Keep interviews under their codes."""

    async def unseal(self, events: Sequence[Received[WorkUnsealedV1]]) -> None:
        """Keep whose works the codes are."""

    async def known(self, plan_id: UUID) -> Known:
        """Return how many candidates of a plan are known, and of how many something is missing."""

    def of_plan(self, plan_id: UUID) -> AsyncIterator[list[Sat]]:
        """Yield all candidates, some at a time, with the scores of their locked works and their interviews."""

    async def release(self, plan_id: UUID, results: Mapping[UUID, Composed], at: datetime) -> None:
        """Keep the first version of every result."""


class Reads(Protocol):
    """A transaction that can be read from."""

    async def rows(self, sql: str, parameters: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """Run one statement and return all its rows."""


class GradingWork(Reads, Protocol):
    """One transaction of grading."""

    @property
    def plans(self) -> Plans:
        """Return the plans."""

    @property
    def works(self) -> Works:
        """Return the works."""

    @property
    def interviews(self) -> Interviews:
        """Return the interviews."""

    @property
    def candidates(self) -> Candidates:
        """Return the candidates."""

    def publish(self, payload: EventPayload, *, version: int, journey_id: UUID | None) -> None:
        """Publish when the transaction commits."""

    async def flush(self) -> None:
        """Write the events collected so far, so that a large transaction needs no large memory."""

    async def audit(self, actor: str, action: str, subject: str, detail: Mapping[str, Any]) -> None:
        """Append to the audit trail."""


class Opening(Protocol):
    """A transaction that opens when entered; leaving it commits, an exception rolls back."""

    async def __aenter__(self) -> GradingWork:
        """Open it."""

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Commit or roll back."""


#: Makes a new transaction each time it is called.
OpenWork = Callable[[], Opening]
