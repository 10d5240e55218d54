"""What operations tells, for those who run the system."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends

from services.operations.application import queries
from services.operations.domain import page_link
from services.operations.entrypoints.deps import Parts
from services.operations.entrypoints.schemas import JourneyResponse, PageLinkResponse, ServicesResponse
from shared.web.auth import Principal, require

router = APIRouter(prefix="/v1", tags=["operations"])

Reader = Annotated[Principal, Depends(require("operations:read"))]


@router.get("/journeys/{journey_id}", summary="一次报名的完整旅程 The journey of one application")
async def read_journey(journey_id: UUID, deps: Parts, _reader: Reader) -> JourneyResponse:
    """Return the ordered trace trees of all services, with the time that events waited in topics."""
    return JourneyResponse.of(await queries.story_of(deps.open_work, journey_id))


@router.get("/journeys/{journey_id}/page-link", summary="旅程页面的临时链接 A short-lived link to its page")
async def read_page_link(journey_id: UUID, deps: Parts, _reader: Reader) -> PageLinkResponse:
    """Return a link that opens the page without a token for a quarter of an hour."""
    now = deps.clock.now()
    access = page_link.sign(deps.page_key, journey_id, now)
    return PageLinkResponse(url=f"/journeys/{journey_id}?access={access}", expires_at=now + page_link.LIFETIME)


@router.get("/services", summary="各服务近一小时概况 The services over the last hour")
async def list_services(deps: Parts, _reader: Reader) -> ServicesResponse:
    """Return rate, errors and duration of every operation that was traced."""
    return ServicesResponse.of(await queries.health(deps.open_work, deps.clock))
