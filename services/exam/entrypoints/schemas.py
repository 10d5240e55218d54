"""Sites, plans and tickets as they come in and go out over HTTP."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, StringConstraints

from services.exam.application.commands import CreatePlan, CreateSite, NewRoom
from services.exam.domain.model import BlueprintChoice, Component, PlanRules, Session
from shared.standards.blueprint import Version
from shared.standards.codes import Edition, StandardCode
from shared.standards.criteria import CriterionCode
from shared.web.texts import TIDY

Name = Annotated[str, StringConstraints(min_length=1, max_length=200), TIDY]
_MOST_STATIONS = 2_000


class RequestModel(BaseModel):
    """What comes in: nothing that is not asked for."""

    model_config = ConfigDict(extra="forbid")


class ResponseModel(BaseModel):
    """What goes out, read from what the use cases return."""

    model_config = ConfigDict(from_attributes=True)


class RoomRequest(RequestModel):
    """A room (考场) and how many stations (机位) it has."""

    name: Name = Field(examples=["101考场"])
    stations: int = Field(ge=1, le=_MOST_STATIONS, examples=[40])


class SiteRequest(RequestModel):
    """A new site (考核站点)."""

    name: Name = Field(examples=["第一考核站点"])
    address: Name = Field(examples=["示范市考试路1号"])
    rooms: list[RoomRequest] = Field(min_length=1, max_length=2_000)

    def command(self) -> CreateSite:
        """Return the command."""
        rooms = [NewRoom(room.name, room.stations) for room in self.rooms]
        return CreateSite(name=self.name, address=self.address, rooms=rooms)


class RoomResponse(ResponseModel):
    """A room of a site."""

    id: UUID
    name: str
    stations: int


class SiteResponse(ResponseModel):
    """A site with its rooms."""

    id: UUID
    name: str
    address: str
    rooms: Sequence[RoomResponse]


class RulesRequest(RequestModel):
    """How early a session lets people in and how late it still does."""

    opens_minutes_before: int = Field(60, ge=0, le=1_440)
    late_limit_minutes: int = Field(30, ge=0, le=1_440)


class SessionRequest(RequestModel):
    """A session (场次) of a component at a site."""

    component: Component
    site_id: UUID
    starts_at: AwareDatetime
    ends_at: AwareDatetime


class BlueprintChoiceRequest(RequestModel):
    """An authored blueprint (考核方案); without a version, the newest there is when the plan is published."""

    code: CriterionCode = Field(examples=["xb2b-junior-lamp-exporter"])
    version: Version | None = None


class PlanRequest(RequestModel):
    """A new exam plan (考核计划).

    Without `edition` it is on the newest edition of the standard, without `blueprint` under the derived one, which
    production refuses.
    """

    title: Name = Field(examples=["跨境电商B2B数据运营（初级）考核"])
    standard: StandardCode = Field(examples=["xb2b"])
    edition: Edition | None = None
    level: Name = Field(examples=["junior"])
    unit: Name | None = None
    blueprint: BlueprintChoiceRequest | None = None
    entry_opens_at: AwareDatetime
    entry_closes_at: AwareDatetime
    requires_materials: bool = False
    rules: RulesRequest = RulesRequest()
    sessions: list[SessionRequest] = Field(min_length=1, max_length=2_000)

    def command(self) -> CreatePlan:
        """Return the command."""
        minute = timedelta(minutes=1)
        return CreatePlan(
            title=self.title,
            standard=self.standard,
            edition=self.edition,
            level=self.level,
            unit=self.unit,
            choice=BlueprintChoice(self.blueprint.code, self.blueprint.version) if self.blueprint else None,
            entry_opens_at=self.entry_opens_at,
            entry_closes_at=self.entry_closes_at,
            requires_materials=self.requires_materials,
            rules=PlanRules(
                opens_before=self.rules.opens_minutes_before * minute, late_limit=self.rules.late_limit_minutes * minute
            ),
            sessions=[Session(**session.model_dump()) for session in self.sessions],
        )


class SessionResponse(ResponseModel):
    """A session; present and absent are known once it is closed. Absent includes those without a work."""

    id: UUID
    plan_id: UUID
    component: Component
    site_id: UUID
    site: str
    starts_at: datetime
    ends_at: datetime
    candidates: int
    closed_at: datetime | None
    present: int
    absent: int
    no_work: int


class SessionsResponse(BaseModel):
    """The sessions of a plan."""

    items: Sequence[SessionResponse]


class PlanResponse(ResponseModel):
    """An exam plan with its counts. Edition and blueprint are those asked for when it was drafted, if any."""

    id: UUID
    title: str
    standard: str
    edition: str | None
    level: str
    unit: str | None
    blueprint_code: str | None
    blueprint_version: int | None
    state: str
    entry_opens_at: datetime
    entry_closes_at: datetime
    requires_materials: bool
    opens_minutes_before: int
    late_limit_minutes: int
    seat_plan_version: int
    digest: str | None
    candidates: int
    seated: int
    created_at: datetime


class PlanDetailResponse(PlanResponse):
    """An exam plan with its sessions and its assessment blueprint, which is frozen once the plan is published."""

    sessions: Sequence[SessionResponse] = ()
    blueprint: dict[str, Any] = {}


class ArrangeRequest(RequestModel):
    """The seed of the draw: with it and the input anybody can repeat the seat plan."""

    seed: Annotated[str, StringConstraints(min_length=1, max_length=100)] | int = Field(examples=["20261121-公证-07"])


class ArrangementResponse(ResponseModel):
    """The sealed seat plan: SHA-256 of its canonical form."""

    candidates: int
    seat_plan_version: int
    digest: str


class SeatResponse(ResponseModel):
    """A seat on an admission ticket."""

    session_id: UUID
    site: str
    address: str
    room: str
    station: int
    starts_at: datetime
    ends_at: datetime
    status: str


class TicketResponse(ResponseModel):
    """An admission ticket (准考证)."""

    application_id: UUID
    ticket_no: str
    practical: SeatResponse
    interview: SeatResponse
