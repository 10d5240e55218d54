"""Sessions over HTTP: rosters for the site, and what its devices upload."""

from collections.abc import Callable
from typing import Annotated, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.exam.application import closing, queries, sittings
from services.exam.application.commands import RecordDeeds
from services.exam.application.refusals import refusal_fault
from services.exam.application.sittings import Outcome
from services.exam.domain.sitting import Deed, Refusal
from services.exam.entrypoints.deps import Deps, ExamDeps
from services.exam.entrypoints.schemas import SessionResponse, SessionsResponse
from services.exam.entrypoints.sessions_schemas import (
    Attended,
    CheckedIn,
    CloseResponse,
    HandedIn,
    RosterLineResponse,
    UploadRequest,
    WorksRequest,
)
from shared import audit
from shared.web.auth import Principal, require, require_any
from shared.web.bulk import BulkReply, CallersLanguage, ItemDone, ItemFailed
from shared.web.idempotency import Repeatable
from shared.web.languages import Language
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1/sessions", tags=["场次 sessions"], route_class=StrictRoute)

_Site = Annotated[Principal, Depends(require("site:operate"))]
_Reader = Annotated[Principal, Depends(require_any("plans:read", "plans:write", "site:operate"))]

DoneT = TypeVar("DoneT", bound=ItemDone)


@router.get("")
async def list_sessions(plan_id: UUID, deps: ExamDeps, _: _Reader) -> SessionsResponse:
    """List the sessions of a plan by time."""
    async with deps.work() as work:
        found = await work.readings.sessions(plan_id)
    return SessionsResponse(items=[SessionResponse.model_validate(session) for session in found])


@router.get("/{session_id}/roster")
async def list_roster(
    session_id: UUID, deps: ExamDeps, page: Annotated[PageQuery, Depends()], _: _Site
) -> Page[RosterLineResponse]:
    """List who sits where; names are masked."""
    after = decode_cursor(page.cursor, str, int) if page.cursor else None
    async with deps.work() as work:
        found = await queries.roster(work, deps.seal, session_id, (after[0], after[1]) if after else None, page.limit)
    lines = [RosterLineResponse.model_validate(line) for line in found]
    full = len(lines) == page.limit
    return Page(items=lines, next_cursor=encode_cursor(lines[-1].room, lines[-1].station) if full else None)


@router.post("/{session_id}/check-ins")
async def check_in(
    session_id: UUID, body: UploadRequest, deps: ExamDeps, language: CallersLanguage, _: _Site
) -> BulkReply[CheckedIn]:
    """Take check-ins, perhaps noted offline. A repeated record gets the same answer."""
    outcomes = await _record(deps, body.command(session_id, Deed.CHECK_IN))
    return BulkReply[CheckedIn].of(
        _answers(outcomes, language, lambda index, answer: CheckedIn(index=index, checked_in_at=answer))
    )


@router.post("/{session_id}/works")
async def hand_in(
    session_id: UUID, body: WorksRequest, deps: ExamDeps, language: CallersLanguage, _: _Site
) -> BulkReply[HandedIn]:
    """Take works of candidates who are checked in; each gets a random work code."""
    outcomes = await _record(deps, body.command(session_id))
    return BulkReply[HandedIn].of(
        _answers(outcomes, language, lambda index, answer: HandedIn(index=index, work_code=answer))
    )


@router.post("/{session_id}/attendance")
async def attend(
    session_id: UUID, body: UploadRequest, deps: ExamDeps, language: CallersLanguage, _: _Site
) -> BulkReply[Attended]:
    """Take interview attendance; each candidate gets a random interview code."""
    outcomes = await _record(deps, body.command(session_id, Deed.ATTEND))
    return BulkReply[Attended].of(
        _answers(outcomes, language, lambda index, answer: Attended(index=index, interview_code=answer))
    )


@router.post("/{session_id}/close", response_model=CloseResponse)
async def close_session(
    session_id: UUID, deps: ExamDeps, operator: _Site, once: Annotated[Repeatable, Depends()]
) -> Response:
    """Close a session after its late limit; absences follow from what is missing."""
    async with deps.work() as work:

        async def make() -> CloseResponse:
            closed = await closing.close_session(work, session_id, deps.clock.now())
            await audit.record(work, operator.subject, "session.close", str(session_id), {})
            return CloseResponse.model_validate(closed)

        return await once.answer(work, 200, make)


async def _record(deps: Deps, command: RecordDeeds) -> list[Outcome]:
    async with deps.work() as work:
        return await sittings.record_deeds(work, command, deps.seal)


def _answers(
    outcomes: list[Outcome], language: Language, done: Callable[[int, str], DoneT]
) -> list[DoneT | ItemFailed]:
    return [
        ItemFailed.of(place, refusal_fault(answer, place), language)
        if isinstance(answer, Refusal)
        else done(place, answer)
        for place, answer in outcomes
    ]
