"""Routes for those who score: markers, arbitrators and interview examiners. They see codes, never people."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Response

from services.grading.application import interviewing, marking, queries
from services.grading.application.commands import GivenScores, RecordScores
from services.grading.application.ports import GradingWork
from services.grading.entrypoints.deps import Again, Deps, GradingDeps
from services.grading.entrypoints.schemas import (
    InterviewScoresRequest,
    InterviewTaskResponse,
    MarksRequest,
    ScoresRecorded,
    WorkTaskResponse,
)
from shared.errors import FieldError
from shared.telemetry.tracing import tracer
from shared.text.tidying import key_of
from shared.web.auth import Principal, require
from shared.web.bulk import BulkReply, CallersLanguage, ItemFailed
from shared.web.idempotency import Repeatable
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1", tags=["scoring"], route_class=StrictRoute)

_TRACER = tracer("grading")

Marker = Annotated[Principal, Depends(require("marks:write"))]
Arbitrator = Annotated[Principal, Depends(require("marks:arbitrate"))]
Examiner = Annotated[Principal, Depends(require("panels:score"))]
AskedPage = Annotated[PageQuery, Depends()]
Reply = BulkReply[ScoresRecorded]
Record = Callable[[GradingWork, RecordScores], Awaitable[list[FieldError | None]]]


@router.get("/marking-tasks")
async def list_marking_tasks(
    plan_id: UUID, deps: GradingDeps, caller: Marker, page: AskedPage
) -> Page[WorkTaskResponse]:
    """本人待评的作品。The caller's own works to mark."""
    async with deps.work() as work:
        rows = await queries.marking_tasks(work, plan_id, key_of(caller.subject), _after(page), page.limit + 1)
    items = [WorkTaskResponse.of(row) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].work_code) if len(rows) > page.limit else None)


@router.post("/marks", response_model=Reply)
async def record_marks(
    body: MarksRequest, deps: GradingDeps, caller: Marker, language: CallersLanguage, once: Again
) -> Response:
    """提交已评的作品，最多 5000 份，逐份答复。Record finished works, each with its own answer."""
    command = _command(body.plan_id, [item.given() for item in body.items], deps, caller)
    with _TRACER.start_as_current_span("record marks"):
        return await _record(deps, once, marking.record_marks, command, language)


@router.get("/arbitrations")
async def list_arbitrations(
    plan_id: UUID, deps: GradingDeps, caller: Arbitrator, page: AskedPage
) -> Page[WorkTaskResponse]:
    """待仲裁的作品。Works that wait for an arbitrator."""
    async with deps.work() as work:
        rows = await queries.arbitrations(
            work, plan_id, key_of(caller.subject), caller.institution_id, after=_after(page), limit=page.limit + 1
        )
    items = [WorkTaskResponse.of(row) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].work_code) if len(rows) > page.limit else None)


@router.post("/arbitrations", response_model=Reply)
async def record_arbitrations(
    body: MarksRequest, deps: GradingDeps, caller: Arbitrator, language: CallersLanguage, once: Again
) -> Response:
    """仲裁定分。Decide works; the arbitrator's mark stands."""
    command = _command(body.plan_id, [item.given() for item in body.items], deps, caller)
    with _TRACER.start_as_current_span("record arbitrations"):
        return await _record(deps, once, marking.record_arbitrations, command, language)


@router.get("/interview-tasks")
async def list_interview_tasks(
    plan_id: UUID, deps: GradingDeps, caller: Examiner, page: AskedPage
) -> Page[InterviewTaskResponse]:
    """本人待评的面试。The caller's own interviews to score."""
    async with deps.work() as work:
        rows = await queries.interview_tasks(work, plan_id, key_of(caller.subject), _after(page), page.limit + 1)
    items = [InterviewTaskResponse.model_validate(row) for row in rows[: page.limit]]
    return Page(items=items, next_cursor=encode_cursor(items[-1].interview_code) if len(rows) > page.limit else None)


@router.post("/interview-scores", response_model=Reply)
async def record_interviews(
    body: InterviewScoresRequest, deps: GradingDeps, caller: Examiner, language: CallersLanguage, once: Again
) -> Response:
    """提交面试评分，逐份答复。Record interview scores, each with its own answer."""
    command = _command(body.plan_id, [item.given() for item in body.items], deps, caller)
    with _TRACER.start_as_current_span("record interviews"):
        return await _record(deps, once, interviewing.record_interviews, command, language)


def _after(page: PageQuery) -> str:
    return str(decode_cursor(page.cursor, str)[0]) if page.cursor else ""


def _command(plan_id: UUID, items: Sequence[GivenScores], deps: Deps, caller: Principal) -> RecordScores:
    return RecordScores(
        plan_id=plan_id,
        subject=key_of(caller.subject),
        institution_id=caller.institution_id,
        items=items,
        recorded_at=deps.clock.now(),
    )


async def _record(
    deps: Deps, once: Repeatable, record: Record, command: RecordScores, language: CallersLanguage
) -> Response:
    async with deps.work() as work:

        async def make() -> Reply:
            return _reply(await record(work, command), language)

        return await once.answer(work, 200, make)


def _reply(answers: Sequence[FieldError | None], language: CallersLanguage) -> Reply:
    items: list[ScoresRecorded | ItemFailed] = [
        ScoresRecorded(index=index) if fault is None else ItemFailed.of(index, fault, language)
        for index, fault in enumerate(answers)
    ]
    return Reply.of(items)
