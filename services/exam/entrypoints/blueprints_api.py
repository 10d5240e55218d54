"""Assessment blueprints over HTTP: the authored ones in the catalogue and all that plans were published with."""

from typing import Annotated

from fastapi import APIRouter, Depends

from services.exam.application import blueprints
from services.exam.application.blueprints import Wanted
from services.exam.entrypoints.deps import ExamDeps
from services.exam.entrypoints.standards_api import Reader
from services.exam.entrypoints.standards_schemas import (
    BlueprintPath,
    BlueprintResponse,
    BlueprintSummary,
    LevelQuery,
    StandardQuery,
    VersionQuery,
)
from shared.web.pages import Page, PageQuery, decode_cursor, encode_cursor
from shared.web.strict_json import StrictRoute

router = APIRouter(prefix="/v1/blueprints", tags=["考核方案 blueprints"], route_class=StrictRoute)


@router.get("", summary="考核方案列表 List blueprints")
async def list_blueprints(
    deps: ExamDeps,
    page: Annotated[PageQuery, Depends()],
    _: Reader,
    standard: StandardQuery = None,
    level: LevelQuery = None,
) -> Page[BlueprintSummary]:
    """List authored and frozen blueprints by code and version. A derived one is listed once a plan has used it."""
    after = decode_cursor(page.cursor, str, int) if page.cursor else ("", 0)
    async with deps.work() as work:
        found = await blueprints.blueprints(
            work, deps.catalogue, Wanted(standard, level), (after[0], after[1]), page.limit + 1
        )
    shown = [BlueprintSummary.of(each) for each in found[: page.limit]]
    more = len(found) > page.limit
    return Page(items=shown, next_cursor=encode_cursor(shown[-1].code, shown[-1].version) if more else None)


@router.get("/{code}", summary="考核方案 Get a blueprint")
async def get_blueprint(
    code: BlueprintPath, deps: ExamDeps, _: Reader, version: VersionQuery = None
) -> BlueprintResponse:
    """Give a version of a blueprint. What a plan was published with is given as it was frozen."""
    async with deps.work() as work:
        return BlueprintResponse.of(await blueprints.blueprint(work, deps.catalogue, code, version))
