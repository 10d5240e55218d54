"""The page of one journey, for a browser: opened by a signed link, since a browser sends no bearer token."""

import base64
import hashlib
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from fastapi.responses import HTMLResponse

from services.operations.application import queries
from services.operations.domain import page_link
from services.operations.entrypoints import journey_page
from services.operations.entrypoints.deps import Parts
from services.operations.entrypoints.journey_style import STYLE
from shared.errors import Forbidden

router = APIRouter(tags=["pages"])

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
#: Nothing is loaded or run, not even from ourselves; the one style sheet is named by its hash.
_HEADERS = {
    "content-security-policy": (
        f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; "
        "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    "cache-control": "no-store",
    "referrer-policy": "no-referrer",
}


class PageLinkRefused(Forbidden):
    """The link was not signed by us, is for another journey, or has expired."""

    slug = "page-link-refused"
    zh = "链接无效或已过期，请重新获取。"
    en = "The link is not valid, or no longer; ask for a new one."


@router.get("/journeys/{journey_id}", response_class=HTMLResponse, summary="旅程页面 The page of a journey")
async def show_journey(
    journey_id: UUID, deps: Parts, access: Annotated[str, Query(max_length=100)] = ""
) -> HTMLResponse:
    """Show the journey as a timeline. `access` comes from `GET /v1/journeys/{journey_id}/page-link`."""
    if not page_link.opens(deps.page_key, journey_id, access, deps.clock.now()):
        raise PageLinkRefused
    story = await queries.story_of(deps.open_work, journey_id)
    return HTMLResponse(journey_page.render(story), headers=_HEADERS)
